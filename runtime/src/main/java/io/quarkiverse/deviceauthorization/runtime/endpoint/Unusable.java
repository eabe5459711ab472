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
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;

/** Says what is wrong when there is no answer, or one that is not OAuth, and what to look at. */
final class Unusable {

    private final String client;
    private final String url;
    private final String proxy;

    Unusable(ClientSettings settings) {
        this.client = settings.name();
        this.url = ConfigKeys.key(client, "auth-server-url");
        this.proxy = settings.config().proxyConfigurationName().map(name -> "; or it is the proxy of "
                + ConfigKeys.key(client, "proxy-configuration-name") + " that doesn't").orElse("");
    }

    /** @return the failure of a request that brought no answer */
    AuthorizationServerException noAnswer(URI endpoint, Throwable failure) {
        String reason = null;
        for (Throwable cause = failure; cause != null && reason == null; cause = cause.getCause()) {
            reason = reason(cause);
        }
        return new AuthorizationServerException(
                "The authorization server of " + ConfigKeys.describe(client) + " can't be asked: " + host(endpoint)
                        + " " + (reason != null ? reason : "failed: " + CleanText.of(String.valueOf(failure))),
                0, quotes(root(failure)) ? null : failure);
    }

    private String reason(Throwable failure) {
        if (failure instanceof ConfigurationException) {
            return "can't be reached as configured: " + failure.getMessage();
        }
        if (failure instanceof UnknownHostException) {
            return "has no address. Check the host name in " + url + " and the name resolution of this machine";
        }
        if (failure instanceof SSLException) {
            return tls(root(failure));
        }
        if (failure instanceof ConnectException || failure.getClass().getSimpleName().equals("ConnectTimeoutException")) {
            return "refuses connections or doesn't accept them in time. Check that it is up, and " + url + proxy;
        }
        if (failure.getClass().getSimpleName().toLowerCase(Locale.ROOT).contains("timeout")) {
            return timeout(failure);
        }
        if (failure instanceof StreamResetException && failure.getCause() == null) {
            return "sent an answer that is too large or takes too long. Check that " + url
                    + " is the authorization server";
        }
        if (isUnsendable(failure)) {
            return "can't be sent this request. Check the configuration of headers and credentials for characters that a header"
                    + " can't have";
        }
        if (failure instanceof IllegalArgumentException || isBadHead(failure)) {
            return "sent something that is not HTTP (" + message(failure) + "). Check scheme and port of " + url;
        }
        if (failure instanceof HttpClosedException || failure instanceof IOException
                || failure.getClass().getSimpleName().equals("PrematureChannelClosureException")) {
            return "closed the connection without an answer. It may go away; if it doesn't, check scheme and port of " + url;
        }
        return null;
    }

    private String tls(Throwable root) {
        return isNoTls(root) ? "doesn't speak TLS. Check scheme and port of " + url
                : "can't be trusted (" + message(root) + "). Check its certificate, and "
                        + ConfigKeys.key(client, "tls-configuration-name") + " if it needs a trust store of its own";
    }

    private String timeout(Throwable failure) {
        String key = ConfigKeys.key(client, "read-timeout");
        return message(failure).contains("getting a connection")
                ? "set up no connection within " + key + ". Check scheme and port of " + url
                : "took longer to answer than " + key + " allows. Check that the server is well, or set a longer one";
    }

    private static boolean isNoTls(Throwable root) {
        return root.getClass().getSimpleName().equals("NotSslRecordException");
    }

    /** Whether an exception repeats what the server sent, or what we would have sent. */
    private static boolean quotes(Throwable root) {
        return isNoTls(root) || isUnsendable(root);
    }

    private static boolean isUnsendable(Throwable failure) {
        return failure instanceof IllegalArgumentException && message(failure).contains("header value");
    }

    /** Of the decoder's exception, the REST client leaves only the message. */
    private static boolean isBadHead(Throwable failure) {
        return failure.getClass() == IOException.class && message(failure).startsWith("HTTP ");
    }

    private static Throwable root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String message(Throwable failure) {
        return CleanText.of(String.valueOf(failure.getMessage()));
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
        } else if (answer.nothingThere() || answer.status() == 501) {
            what = "has no such endpoint. Check " + key + " and " + url;
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

    /** @return the failure of a request whose proof never had the nonce that the server wanted: it has refused nothing yet */
    AuthorizationServerException nonces(Answer answer) {
        return new AuthorizationServerException("The authorization server of " + ConfigKeys.describe(client)
                + " asks for one DPoP nonce after another. It may be several servers that don't know each other's (HTTP status "
                + answer.status() + ")", answer.status(), null);
    }

    private static String host(URI endpoint) {
        return endpoint.getScheme() + "://" + endpoint.getRawAuthority();
    }
}
