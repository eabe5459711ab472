package io.quarkiverse.deviceauthorization.runtime.dev;

/**
 * What came of asking whether an endpoint can be used.
 *
 * @param up whether it can
 * @param probed the request
 * @param latency how long it took, in milliseconds
 * @param cached whether it is the answer to an earlier one
 * @param problem what is wrong; or null
 */
record EndpointStatus(boolean up, String probed, long latency, boolean cached, String problem) {
}
