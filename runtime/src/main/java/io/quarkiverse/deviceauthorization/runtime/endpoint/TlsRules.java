package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import io.quarkus.tls.TlsConfiguration;

/** What a TLS configuration must not allow where credentials and tokens are sent. */
final class TlsRules {

    /** RFC 9325 §3.1.1; older versions are not to be negotiated (RFC 8996). */
    private static final Set<String> PROTOCOLS = Set.of("TLSv1.2", "TLSv1.3");

    /** What switches the check of host names off in Vert.x. */
    private static final String NO_CHECK = "NONE";

    private TlsRules() {
    }

    /**
     * @param production whether the application is in production, where a server has to show who it is
     * @return what is wrong with the configuration, and what to write in {@code quarkus.tls."name".*}, if something is
     */
    static Optional<String> problem(String name, TlsConfiguration tls, boolean production) {
        String prefix = "quarkus.tls.\"" + name + "\".";
        Set<String> old = new TreeSet<>(tls.getSSLOptions().getEnabledSecureTransportProtocols());
        old.removeAll(PROTOCOLS);
        if (!old.isEmpty()) {
            return Optional.of("the TLS configuration '" + name + "' allows " + String.join(", ", old)
                    + ", and TLS 1.2 is the least (RFC 9325). Remove the others from " + prefix + "protocols");
        }
        if (production && tls.isTrustAll()) {
            return Optional.of("the TLS configuration '" + name + "' trusts everybody who poses as the authorization server."
                    + " Remove " + prefix + "trust-all, and put the server's certificate, or that of its CA, into " + prefix
                    + "trust-store");
        }
        if (production && tls.getHostnameVerificationAlgorithm().filter(NO_CHECK::equalsIgnoreCase).isPresent()) {
            return Optional.of("the TLS configuration '" + name + "' takes the certificate of any host for that of the"
                    + " authorization server. Remove " + prefix + "hostname-verification-algorithm");
        }
        return Optional.empty();
    }

    /**
     * Some keys of Quarkus weaken every REST client that has no TLS configuration of its own.
     *
     * @param trustAll whether {@code quarkus.tls.trust-all} is set
     * @param verifyHost whether {@code quarkus.rest-client.verify-host} is set
     * @return what is wrong with them in production, if something is
     */
    static Optional<String> problem(boolean trustAll, boolean verifyHost) {
        if (trustAll) {
            return Optional.of("quarkus.tls.trust-all=true trusts everybody who poses as the authorization server. Remove it,"
                    + " or set this key to a TLS configuration with a trust store");
        }
        return verifyHost ? Optional.empty()
                : Optional.of("quarkus.rest-client.verify-host=false takes the certificate of any host for that of the"
                        + " authorization server. Remove it, or set this key to a TLS configuration of its own");
    }
}
