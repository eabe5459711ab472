package io.quarkiverse.deviceauthorization.runtime.dev;

import java.util.List;

/**
 * The stored tokens of one client.
 *
 * @param client the name of the client
 * @param owners how many owners have tokens
 * @param shown the tokens of the first ones, in alphabetical order
 * @param problem why they can't be read; or null
 */
record TokensOfClient(String client, int owners, List<TokensView> shown, String problem) {
}
