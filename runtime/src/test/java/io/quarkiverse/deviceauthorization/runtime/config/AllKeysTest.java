package io.quarkiverse.deviceauthorization.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("No key is forgotten")
class AllKeysTest {

    /** Neither a text without white space around it, nor a number, a URL, a path, a scope, or anything else that is right. */
    private static final String WRONG = " ? ?\t";

    /** More than a number of nanoseconds can be. */
    private static final String ENDLESS = "106752D";

    static Iterable<String> ofAClient() {
        return AllKeys.ofAClient()::iterator;
    }

    static Iterable<String> durations() {
        return AllKeys.durationsOfAClient()::iterator;
    }

    @ParameterizedTest
    @MethodSource("ofAClient")
    void eachKeyIsChecked(String member) {
        for (boolean production : new boolean[] { true, false }) {
            assertThat(Written.forDefault().with(member, WRONG).wrong(production))
                    .anyMatch(text -> text.startsWith("quarkus.device-authorization." + member + " (in the environment "));
        }
    }

    @ParameterizedTest
    @MethodSource("durations")
    void eachDurationHasAnEnd(String member) {
        assertThat(Written.forDefault().with(member, ENDLESS).wrong(true)).anyMatch(
                text -> text.startsWith("quarkus.device-authorization." + member + " (in the environment ")
                        && text.contains("'106752D' is too long"));
    }

    @Test
    void eachGroupIsReserved() {
        assertThat(ConfigKeys.RESERVED_NAMES).containsAll(AllKeys.groups(ClientConfig.class).toList())
                .containsAll(AllKeys.groups(DeviceAuthorizationFixedConfig.class).toList());
        assertThat(AllKeys.groups(ClientConfig.class)).contains("credentials", "id-token", "headers");
        assertThat(AllKeys.groups(DeviceAuthorizationFixedConfig.class)).contains("health");
        assertThat(AllKeys.ofAClient()).contains("client-id", "credentials.jwt.key-store-file", "user-info-path", "prompt",
                "prompt.open-browser");
        assertThat(AllKeys.durationsOfAClient()).contains("read-timeout", "polling.max-interval", "tokens.memory.idle-timeout");
    }
}
