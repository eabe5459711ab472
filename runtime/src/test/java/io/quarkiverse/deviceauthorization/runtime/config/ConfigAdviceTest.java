package io.quarkiverse.deviceauthorization.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What works, but has consequences that a developer should know of")
class ConfigAdviceTest {

    private static final String ADVICE = Written.problem("scopes", "lacks offline_access, without which this provider issues no"
            + " refresh token: people have to sign in again whenever the access token ends. Add it, unless that is what you"
            + " want");

    private final Written yoto = Written.forDefault().with("provider", "yoto");

    @Test
    void scopesWithoutRefreshToken() {
        assertThat(yoto.with("scopes", "openid,profile").advice()).containsExactly(ADVICE);
    }

    @Test
    void scopesWithoutRefreshTokenInAList() {
        assertThat(yoto.with("scopes[0]", "openid").advice()).containsExactly(ADVICE);
        assertThat(yoto.with("scopes[1]", "${}").advice()).isEmpty();
        assertThat(yoto.with("scopes[1]", "offline_access").advice()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = { "openid, offline_access", "offline_access", "${}", "" })
    void nothingToSay(String scopes) {
        assertThat(yoto.with("scopes", scopes).advice()).isEmpty();
    }

    @Test
    void nothingToSayWithoutAProviderOrOfAnInactiveClient() {
        assertThat(yoto.with("scopes", "openid").with("active", "false").advice()).isEmpty();
        assertThat(Written.forDefault().with("scopes", "openid").advice()).isEmpty();
        assertThat(Written.forDefault().with("provider", "${}").with("scopes", "openid").advice()).isEmpty();
    }
}
