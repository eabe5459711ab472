package io.quarkiverse.deviceauthorization.runtime.token;

import java.time.Duration;

/**
 * When and for how long tokens are refreshed.
 *
 * @param skew how long before its end an access token is refreshed
 * @param lease the longest that a refresh takes: after that time, another process may begin one
 */
public record RefreshPolicy(Duration skew, Duration lease) {
}
