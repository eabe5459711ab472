package io.quarkiverse.deviceauthorization.devserver;

/** Answers the requests of one path. */
@FunctionalInterface
interface Handler {

    /** @throws OAuthException when the answer is an OAuth error response */
    Response handle(Request request);
}
