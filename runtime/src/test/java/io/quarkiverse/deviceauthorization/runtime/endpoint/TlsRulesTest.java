package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkus.tls.TlsConfiguration;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.SSLOptions;

@DisplayName("R4: TLS")
class TlsRulesTest {

    @Test
    @DisplayName("is 1.2 or 1.3 where nothing is configured")
    void defaults() {
        assertThat(new HttpClientOptions().getEnabledSecureTransportProtocols()).containsExactlyInAnyOrder("TLSv1.2",
                "TLSv1.3");
        assertThat(new HttpClientOptions()).matches(HttpClientOptions::isVerifyHost).matches(options -> !options.isTrustAll());
        assertThat(problem(false, null)).isEmpty();
    }

    @Test
    @DisplayName("below 1.2 is refused, in dev mode too (RFC 8996)")
    void old() {
        for (boolean production : new boolean[] { true, false }) {
            assertThat(TlsRules.problem("old", tls(false, null, "TLSv1.3", "TLSv1.1", "TLSv1", "SSLv3"), production)).hasValue(
                    "the TLS configuration 'old' allows SSLv3, TLSv1, TLSv1.1, and TLS 1.2 is the least (RFC 9325). Remove the"
                            + " others from quarkus.tls.\"old\".protocols");
        }
        assertThat(TlsRules.problem("new", tls(false, null, "TLSv1.3"), true)).isEmpty();
    }

    @Test
    @DisplayName("that trusts everybody is refused in production")
    void trustAll() {
        assertThat(problem(true, null)).hasValue("the TLS configuration 'tv' trusts everybody who poses as the authorization"
                + " server. Remove quarkus.tls.\"tv\".trust-all, and put the server's certificate, or that of its CA, into"
                + " quarkus.tls.\"tv\".trust-store");
        assertThat(TlsRules.problem("tv", tls(true, "NONE", "TLSv1.2"), false)).isEmpty();
    }

    @Test
    @DisplayName("that takes any host's certificate is refused in production")
    void anyHost() {
        assertThat(problem(false, "none")).hasValue("the TLS configuration 'tv' takes the certificate of any host for that of"
                + " the authorization server. Remove quarkus.tls.\"tv\".hostname-verification-algorithm");
        assertThat(problem(false, "HTTPS")).isEmpty();
        assertThat(problem(false, "")).isEmpty();
    }

    @Test
    @DisplayName("is not weakened in production by what weakens all REST clients")
    void allRestClients() {
        assertThat(TlsRules.problem(true, true)).hasValueSatisfying(text -> assertThat(text)
                .startsWith("quarkus.tls.trust-all=true trusts everybody who poses as the authorization server."));
        assertThat(TlsRules.problem(false, false)).hasValueSatisfying(text -> assertThat(text)
                .startsWith("quarkus.rest-client.verify-host=false takes the certificate of any host"));
        assertThat(TlsRules.problem(false, true)).isEmpty();
    }

    private static Optional<String> problem(boolean trustAll, String algorithm) {
        return TlsRules.problem("tv", tls(trustAll, algorithm, "TLSv1.2", "TLSv1.3"), true);
    }

    private static TlsConfiguration tls(boolean trustAll, String algorithm, String... protocols) {
        SSLOptions options = new SSLOptions().setEnabledSecureTransportProtocols(new LinkedHashSet<>(List.of(protocols)));
        return (TlsConfiguration) Proxy.newProxyInstance(TlsRulesTest.class.getClassLoader(),
                new Class<?>[] { TlsConfiguration.class }, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getSSLOptions" -> options;
                    case "isTrustAll" -> trustAll;
                    case "getHostnameVerificationAlgorithm" -> Optional.ofNullable(algorithm);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
