package io.quarkiverse.deviceauthorization.runtime.filter;

import java.io.IOException;
import java.io.InputStream;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.common.util.MultivaluedTreeMap;

import io.netty.handler.codec.http.multipart.InterfaceHttpData;

/** Gets rid of an answer that nobody will see: its connection goes back to the pool, and nothing of it is left. */
final class RefusedAnswer {

    private static final Logger LOG = Logger.getLogger(RefusedAnswer.class);

    private RefusedAnswer() {
    }

    /** @param context a call, with or without an answer */
    static void discard(RestClientRequestContext context) {
        close(context.getResponseEntityStream());
        context.setResponseEntityStream(null);
        if (context.getResponseMultipartParts() != null) {
            context.getResponseMultipartParts().forEach(InterfaceHttpData::release);
            context.setResponseMultipartParts(null);
        }
        if (context.getTmpFilePath() != null) {
            context.getClientRequestContext().getContext().owner().fileSystem().delete(context.getTmpFilePath());
            context.clearTmpFilePath();
        }
        // as when there has never been an answer; filters and mappers expect headers
        context.setResponseStatus(0);
        context.setResponseReasonPhrase("unknown");
        context.setResponseHeaders(new MultivaluedTreeMap<>());
    }

    private static void close(InputStream body) {
        try {
            if (body != null) {
                body.close();
            }
        } catch (IOException e) {
            LOG.debug("The body of a refused call could not be closed", e);
        }
    }
}
