package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

import io.vertx.core.Handler;
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

    private final ReadTimeouts timeouts;

    /** @param time how long the head of an answer may take, and how long its body */
    AnswerLimits(Duration time) {
        this.timeouts = new ReadTimeouts(time);
    }

    @Override
    public void accept(HttpClientRequest request) {
        ReadTimeouts.Waiting waiting = timeouts.watch(request);
        request.response().onFailure(problem -> waiting.ends()).onSuccess(response -> {
            waiting.begins();
            response.handler(new Watch(request, response)).endHandler(whole -> waiting.ends())
                    .exceptionHandler(broken -> waiting.ends());
            if (response.statusCode() < 200) {
                request.connection().close(); // the real answer may still come, and would be taken for that of the next request
            }
        });
    }

    private static final class Watch implements Handler<Buffer> {

        private final HttpClientRequest request;
        private long bytes;

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

        @Override
        public void handle(Buffer chunk) {
            bytes += chunk.length();
            if (bytes > MAX_BYTES) {
                request.reset();
            }
        }
    }
}
