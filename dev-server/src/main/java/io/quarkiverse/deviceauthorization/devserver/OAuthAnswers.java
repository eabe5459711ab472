package io.quarkiverse.deviceauthorization.devserver;

/**
 * Finishes the answers of the OAuth endpoints: errors take their form, the format is what the client accepts, and
 * the DPoP nonce goes along.
 */
final class OAuthAnswers {

    private final Behaviour behaviour;
    private final DpopNonces nonces;

    OAuthAnswers(Behaviour behaviour, DpopNonces nonces) {
        this.behaviour = behaviour;
        this.nonces = nonces;
    }

    Handler finished(Handler handler) {
        return request -> {
            Response response = nonces.offered(answered(handler, request));
            boolean json = !behaviour.formUnlessJsonIsAccepted() || request.header("Accept").orElse("").contains("json");
            return json ? response : response.asForm();
        };
    }

    private Response answered(Handler handler, Request request) {
        try {
            return handler.handle(request);
        } catch (OAuthException error) {
            return error.response(behaviour);
        }
    }
}
