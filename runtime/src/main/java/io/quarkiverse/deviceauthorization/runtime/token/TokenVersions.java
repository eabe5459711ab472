package io.quarkiverse.deviceauthorization.runtime.token;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Tells which flow brought tokens. Their first version is a number made of the flow's id, and each replacement is one more: so
 * whoever goes on with a flow whose end could not be stored knows that its tokens were, also when they have been refreshed
 * since.
 */
final class TokenVersions {

    /** More replacements than any set of tokens lives to see, and few enough that no two flows meet. */
    private static final long REPLACEMENTS = 1L << 32;

    private TokenVersions() {
    }

    /**
     * @param flow the id of a flow
     * @return above zero, and another one for each flow, as far as anybody knows
     */
    static long first(String flow) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(flow.getBytes(StandardCharsets.UTF_8));
            return (ByteBuffer.wrap(digest).getLong() >>> 2) + 1;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** @return whether tokens of this version are those that the flow brought, or what they were refreshed to */
    static boolean isFrom(String flow, long version) {
        long replacements = version - first(flow);
        return replacements >= 0 && replacements < REPLACEMENTS;
    }
}
