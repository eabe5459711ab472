package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;

import javax.net.ssl.SSLException;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;

/** Says what is wrong when there is no answer, or one that is not OAuth, and what to look at. */
final class Unusable {

    private final String client;

    Unusable(ClientSettings settings) {
        this.client = settings.name();
    }

    /** @return the failure of a request that brought no answer */
    AuthorizationServerException noAnswer(URI endpoint, Throwable failure) {
        Throwable cause = failure;
        String reason = reason(cause);
        while (reason == null && cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
            reason = reason(cause);
        }
        return new AuthorizationServerException(
                "The authorization server of " + ConfigKeys.describe(client) + " can't be asked: " + host(endpoint)
                        + " " + (reason != null ? reason : "failed: " + CleanText.of(String.valueOf(failure))),
                0, failure);
    }

    private String reason(Throwable failure) {
        if (failure instanceof UnknownHostException) {
            return "has no address. Check the host name in " + ConfigKeys.key(client, "auth-server-url")
                    + " and the name resolution of this machine";
        }
        if (failure instanceof SSLException) {
            return "can't be trusted (" + CleanText.of(String.valueOf(failure.getMessage())) + "). Check its certificate, and "
                    + ConfigKeys.key(client, "tls-configuration-name") + " if it needs a trust store of its own";
        }
        if (failure instanceof ConnectException || failure.getClass().getSimpleName().equals("ConnectTimeoutException")) {
            return "refuses connections or doesn't accept them in time. Check that it is up, and "
                    + ConfigKeys.key(client, "auth-server-url");
        }
        if (failure.getClass().getSimpleName().toLowerCase(Locale.ROOT).contains("timeout")) {
            return "took longer to answer than " + ConfigKeys.key(client, "read-timeout") + " allows";
        }
        if (failure instanceof StreamResetException) {
            return "sent an answer that is too large or takes too long. Check that it is the authorization server";
        }
        if (failure instanceof HttpClosedException || failure instanceof IOException) {
            return "closed the connection without an answer";
        }
        return null;
    }

    /**
     * @param path the key of the endpoint that answered
     * @param answer its answer, which is not OAuth
     * @return the failure
     */
    AuthorizationServerException answer(String path, Answer answer) {
        String key = ConfigKeys.key(client, path);
        String what;
        if (answer.redirects()) {
            what = "redirects to " + answer.location().orElse("nowhere")
                    + ", which is not followed, since credentials would follow"
                    + " too. Check " + key;
        } else if (answer.status() == 404 || answer.status() == 405) {
            what = "has no such endpoint. Check " + key + " and " + ConfigKeys.key(client, "auth-server-url");
        } else if (answer.status() == 429) {
            what = "wants to be asked less often";
        } else if (answer.status() >= 500) {
            what = "has a problem of its own. It may go away";
        } else if (answer.readable()) {
            what = "sent an answer without the members of OAuth. Check " + key;
        } else {
            what = "sent no OAuth answer (" + answer.contentType() + "). Check " + key;
        }
        return new AuthorizationServerException(
                "The authorization server of " + ConfigKeys.describe(client) + " " + what + " (HTTP status "
                        + answer.status() + ")",
                answer.status(), null);
    }

    private static String host(URI endpoint) {
        return endpoint.getScheme() + "://" + endpoint.getRawAuthority();
    }
}
