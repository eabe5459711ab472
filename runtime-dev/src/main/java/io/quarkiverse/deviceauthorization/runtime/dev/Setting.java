package io.quarkiverse.deviceauthorization.runtime.dev;

/**
 * One key of a client, with what it comes to and why.
 *
 * @param key the whole key, as it is written or would be
 * @param value what it is set to; null for a secret, and where it is not set
 * @param inUse what is used, where that is something else: an absolute URL, or what the provider's preset knows; or null
 * @param secret whether its value is not shown
 * @param origin why it has this value
 * @param source where the value comes from, for people; null where it is not set
 * @param sourceName the name of the configuration source; null where it is not set
 */
record Setting(String key, String value, String inUse, boolean secret, Origin origin, String source, String sourceName) {

    /** Why a key has its value. */
    enum Origin {
        /** Somebody has set it. */
        CONFIGURED,
        /** Nobody has set it, and it has a default. */
        DEFAULT,
        /** Nobody has set it, and the preset of the provider knows it. */
        PRESET,
        /** Nobody has set it, and it follows from other keys. */
        DERIVED,
        /** It has no value. */
        NOT_SET
    }
}
