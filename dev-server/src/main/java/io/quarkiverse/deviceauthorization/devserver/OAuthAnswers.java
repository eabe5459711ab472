package io.quarkiverse.deviceauthorization.devserver;

/**
 * Finishes the answers of the OAuth endpoints: errors take their form, the format is what the client accepts, and
 * the DPoP nonce goes along.
 */
final class OAuthAnswers {

    private final Wire wire;
    private final DpopNonces nonces;

    OAuthAnswers(Wire wire, DpopNonces nonces) {
        this.wire = wire;
        this.nonces = nonces;
    }

    Handler finished(Handler handler) {
        return request -> {
            Response response = nonces.offered(answered(handler, request));
            boolean json = !wire.formUnlessJsonIsAccepted() || request.header("Accept").orElse("").contains("json");
            return json ? response : response.asForm();
        };
    }

    private Response answered(Handler handler, Request request) {
        try {
            return handler.handle(request);
        } catch (OAuthException error) {
            return error.response(wire);
        }
    }
}
