package io.quarkiverse.deviceauthorization.runtime.dev;

import java.util.function.Supplier;

import org.jboss.logging.Logger;

/**
 * What came of something that may go wrong. A failure is for the page, and no error of the Dev UI, which would log it together
 * with the request.
 *
 * @param value what came of it; null if it went wrong
 * @param problem what went wrong; or null
 */
public record Answer(Object value, String problem) {

    private static final Logger LOG = Logger.getLogger(Answer.class);

    static Answer to(Supplier<?> question) {
        try {
            return new Answer(question.get(), null);
        } catch (RuntimeException e) {
            LOG.debug("The Dev UI could not do what it was asked to", e);
            return new Answer(null, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }
}
