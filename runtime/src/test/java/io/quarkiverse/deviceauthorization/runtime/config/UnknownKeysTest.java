package io.quarkiverse.deviceauthorization.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

@DisplayName("A key that there is not")
class UnknownKeysTest {

    private static final String PREFIX = "quarkus.device-authorization.";
    private static final String VARIABLES = "QUARKUS_DEVICE_AUTHORIZATION_";

    @ParameterizedTest(name = "{0}")
    @CsvSource({ "client-di, client-id", "clientId, client-id", "client_id, client-id", "clientid, client-id",
            "auth-server-ulr, auth-server-url", "scope, scopes", "pcke, pkce",
            "credentails.secret, credentials.secret", "credentials.secrt, credentials.secret",
            "tokens.encrytion.key, tokens.encryption.key", "pollng.max-failure, polling.max-failures",
            "promt.open-browser, prompt.open-browser", "devservices.prot, devservices.port",
            "devservices.enable, devservices.enabled",
            "credentials.jwt.key-d, credentials.jwt.key-id", "scops[0], scopes", "header.X-Api-Key, headers.X-Api-Key",
            "extra-parms.login.hint, extra-params.login.hint", "headrs.\"X.Y\", headers.\"X.Y\"",
            "devservices.user.alice.claim.name, devservices.users.alice.claims.name", "require-at-built, require-at-build",
            "enabeld, enabled" })
    @DisplayName("is likely to be one that is spelt nearly so")
    void misspelt(String written, String meant) {
        assertThat(problems(PREFIX + written, "x")).containsExactly(unknown(written, PREFIX + meant));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({ "secret, credentials.secret", "store, tokens.store", "key-file, credentials.jwt.key-file",
            "encryption.key, tokens.encryption.key", "max-in-flight, polling.max-in-flight",
            "credentials.audience, credentials.jwt.audience",
            "health.probes, health.probe" })
    @DisplayName("is likely to be one of another level")
    void otherLevel(String written, String meant) {
        assertThat(problems(PREFIX + written, "x")).containsExactly(unknown(written, PREFIX + meant));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({ "credentials.client-secret.value, credentials.secret", "client-secret, credentials.secret",
            "credentials.client-secret.provider.name, credentials.provider.name",
            "credentials.jwt.secret, credentials.secret", "refresh-token-time-skew, tokens.refresh-skew",
            "client-enabled, active", "max-pool-size, polling.max-in-flight", "proxy.host, proxy-configuration-name",
            "issuer, auth-server-url", "token-endpoint, token-path", "jwks-uri, jwks-path" })
    @DisplayName("is likely to be what quarkus.oidc-client or the metadata of servers call something else")
    void otherNames(String written, String meant) {
        assertThat(problems(PREFIX + written, "x")).containsExactly(unknown(written, PREFIX + meant));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({ "tv.client-di, tv.client-id", "tv.secret, tv.credentials.secret",
            "\"my.tv\".tokens.stroe, \"my.tv\".tokens.store",
            "\"tv\".enabled, \"tv\".active", "tv.client-enabled, tv.active", "tv.header.X-Api-Key, tv.headers.X-Api-Key",
            "tv.polling.mx-interval, tv.polling.max-interval", "tv.resource[0], tv.resources",
            "tv.okens.store, tv.tokens.store" })
    @DisplayName("of a named client is likely to be one of the same client")
    void ofNamedClient(String written, String meant) {
        assertThat(problems(PREFIX + written, "x")).containsExactly(unknown(written, PREFIX + meant));
    }

    @ParameterizedTest
    @ValueSource(strings = { "color", "foo.bar", "tv.colour", "key", "name", "some.thing.else.entirely" })
    @DisplayName("and is like no other is left to the warning of Quarkus")
    void likeNoOther(String written) {
        assertThat(problems(PREFIX + written, "x")).isEmpty();
    }

    @Test
    @DisplayName("and is written besides the right one does no harm")
    void besidesTheRightOne() {
        assertThat(problems(PREFIX + "clientid", "x", PREFIX + "client-id", "tv")).isEmpty();
    }

    @Test
    @DisplayName("is none of those that there are, whatever their clients, parameters and headers are called")
    void known() {
        List<String> all = new ArrayList<>();
        AllKeys.ofAClient().forEach(member -> all.addAll(List.of(PREFIX + member, "x", PREFIX + "tv." + member, "x",
                PREFIX + "\"my.client\"." + member, "x")));
        all.addAll(List.of(PREFIX + "headers.X-Api-Key", "x", PREFIX + "headers.\"X.Y\"", "x", PREFIX + "headers.a.b", "x",
                PREFIX + "tv.extra-params.login_hint", "x", PREFIX + "scopes[0]", "x", PREFIX + "tv.resources[12]", "x",
                PREFIX + "devservices.users.alice.claims.name", "x", PREFIX + "enabled", "x",
                "quarkus.device-authorization-redis.prefix", "x", "quarkus.device-authorization-web.titel", "x",
                "quarkus.device-authorizations.client-di", "x"));
        assertThat(problems(all.toArray(String[]::new))).isEmpty();
    }

    @Test
    @DisplayName("of a client whose name is reserved says so")
    void reserved() {
        assertThat(problems(PREFIX + "polling.client-id", "x")).singleElement().asString()
                .startsWith(PREFIX + "polling.client-id ").contains("'polling' can't name a client");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({ "CLIENT_DI, CLIENT_ID", "CREDENTAILS_SECRET, CREDENTIALS_SECRET", "CLIENTID, CLIENT_ID",
            "TOKENS_ENCRYPTION_KYE, TOKENS_ENCRYPTION_KEY", "SCOPE, SCOPES",
            "TV_POLLING_MX_INTERVAL, TV_POLLING_MAX_INTERVAL" })
    @DisplayName("in the environment is likely to be one that is spelt nearly so")
    void variables(String written, String meant) {
        assertThat(problems(Map.of(VARIABLES + written, "x"))).containsExactly(VARIABLES + written
                + ": is no key of this extension, and is not read. Did you mean " + VARIABLES + meant + "? [set by environment"
                + " variable]");
    }

    @ParameterizedTest
    @ValueSource(strings = { "CLIENT_ID", "SCOPES_0_", "HEADERS_X_API_KEY", "EXTRA_PARAMS_LOGIN_HINT", "TV_CLIENT_ID",
            "__SET_TOP_BOX__CLIENT_ID", "SET_TOP_BOX_CREDENTIALS_SECRET", "__TV__HEADERS_X",
            "DEVSERVICES_USERS_ALICE_CLAIMS_NAME",
            "REDIS_PREFIX", "WEB_PATH", "SERVICE_HOST", "PORT_8080_TCP_ADDR" })
    @DisplayName("in the environment is none of those that there are, and none of Kubernetes")
    void knownVariables(String written) {
        assertThat(problems(Map.of(VARIABLES + written, "x"))).isEmpty();
    }

    private static String unknown(String written, String meant) {
        return PREFIX + written + ": is no key of this extension, and is not read. Did you mean " + meant
                + " (in the environment " + ConfigKeys.environmentVariable(meant) + ")? [set by test]";
    }

    private static List<String> problems(String... keysAndValues) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            keys.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return problems(new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(keys, "test", 100)).build());
    }

    private static List<String> problems(Map<String, String> environment) {
        return problems(new SmallRyeConfigBuilder().addDefaultInterceptors()
                .withSources(new EnvConfigSource(environment, 300)).build());
    }

    private static List<String> problems(SmallRyeConfig config) {
        List<String> ofClients = new ArrayList<>(AllKeys.ofAClient().toList());
        ofClients.addAll(List.of("headers.*", "extra-params.*"));
        OwnKeys keys = new OwnKeys(PREFIX, ofClients, List.of("enabled", "require-at-build", "health.enabled",
                "devservices.enabled", "devservices.port", "devservices.users.*.claims.*"));
        WrittenKeys written = WrittenKeys.of(config, PREFIX);
        return UnknownKeys.find(keys, written).stream().map(problem -> problem.text(
                key -> key.startsWith(VARIABLES) ? Optional.of("environment variable") : written.source(key))).toList();
    }
}
