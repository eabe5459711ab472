package io.quarkiverse.deviceauthorization.devserver;

/** Finishes the answers of the OAuth endpoints: errors take their form, and the DPoP nonce goes along. */
final class OAuthAnswers {

    private final Behaviour behaviour;
    private final DpopNonces nonces;

    OAuthAnswers(Behaviour behaviour, DpopNonces nonces) {
        this.behaviour = behaviour;
        this.nonces = nonces;
    }

    Handler finished(Handler handler) {
        return request -> nonces.offered(answered(handler, request));
    }

    private Response answered(Handler handler, Request request) {
        try {
            return handler.handle(request);
        } catch (OAuthException error) {
            return error.response(behaviour);
        }
    }
}
