package io.quarkiverse.deviceauthorization.runtime.credentials;

import java.security.Key;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * What assertions are signed with.
 *
 * @param key the private or secret key
 * @param algorithm the algorithm of the signature (RFC 7518 §3.1)
 * @param id its {@code kid}, by which the server finds the public key
 * @param certificate its certificate, by whose thumbprint the server may find it too
 */
record SigningKey(Key key, String algorithm, Optional<String> id, Optional<X509Certificate> certificate) {

    /** Shows which key it is, and nothing of it. */
    @Override
    public String toString() {
        return "SigningKey[algorithm=" + algorithm + ", id=" + id.orElse("none") + "]";
    }
}
