package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;

/**
 * Ends an answer that is too large or takes too long, while it is being received: a server may send anything, and as slowly
 * as it likes.
 */
final class AnswerLimits implements Consumer<HttpClientRequest> {

    /** The most that is read of an answer; real ones have a few thousand bytes. */
    static final int MAX_BYTES = 1024 * 1024;

    private final long maxMillis;

    /** @param time how long the body of an answer may take, also one that stops coming */
    AnswerLimits(Duration time) {
        this.maxMillis = Math.max(1, time.toMillis());
    }

    @Override
    public void accept(HttpClientRequest request) {
        request.response().onSuccess(response -> {
            Watch watch = new Watch(request, response);
            response.handler(watch).endHandler(watch::end).exceptionHandler(watch::end);
            // most answers come whole, with their head: only what is still to come when that is handled needs a timer
            Vertx.currentContext().runOnContext(watch::limit);
            if (response.statusCode() < 200) {
                request.connection().close(); // the real answer may still come, and would be taken for that of the next request
            }
        });
    }

    private final class Watch implements Handler<Buffer> {

        private final HttpClientRequest request;
        private long bytes;
        private boolean ended;
        private long timer = -1;

        private Watch(HttpClientRequest request, HttpClientResponse response) {
            this.request = request;
            if (isMultipart(response)) {
                response.headers().remove(HttpHeaders.CONTENT_TYPE);
            }
            String length = response.getHeader(HttpHeaders.CONTENT_LENGTH);
            if (length != null && length.length() > 7) {
                bytes = MAX_BYTES; // the first chunk ends it: before that, nobody could be told
            }
        }

        /** The REST client takes such an answer apart by a handler of its own, which would take the place of this one. */
        private static boolean isMultipart(HttpClientResponse response) {
            for (String type : response.headers().getAll(HttpHeaders.CONTENT_TYPE)) {
                if (type.toLowerCase(Locale.ROOT).startsWith("multipart/")) {
                    return true;
                }
            }
            return false;
        }

        private void limit(Void headHandled) {
            if (!ended) {
                timer = Vertx.currentContext().owner().setTimer(maxMillis, fired -> request.reset());
            }
        }

        private void end(Object wholeOrBroken) {
            ended = true;
            if (timer >= 0) {
                Vertx.currentContext().owner().cancelTimer(timer);
            }
        }

        @Override
        public void handle(Buffer chunk) {
            bytes += chunk.length();
            if (bytes > MAX_BYTES) {
                request.reset();
            }
        }
    }
}
