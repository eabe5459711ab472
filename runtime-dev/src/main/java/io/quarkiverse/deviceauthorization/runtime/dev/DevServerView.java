package io.quarkiverse.deviceauthorization.runtime.dev;

import java.util.Map;

/**
 * The Dev Service.
 *
 * @param url its issuer
 * @param state its flows, its queue, its counters and its users, as {@code /dev/script} tells
 */
record DevServerView(String url, Map<String, Object> state) {
}
