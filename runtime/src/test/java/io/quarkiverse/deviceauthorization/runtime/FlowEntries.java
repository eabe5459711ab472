package io.quarkiverse.deviceauthorization.runtime;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logging.MDC;
import org.jboss.logmanager.ExtLogRecord;

/** All that a logger says, and those below it, each with the client and the flow that the MDC says it is about. */
public final class FlowEntries extends Handler implements AutoCloseable {

    public final List<String> all = new CopyOnWriteArrayList<>();
    private final Logger logger;

    public FlowEntries(String logger) {
        this.logger = Logger.getLogger(logger);
        this.logger.addHandler(this);
        this.logger.setLevel(Level.ALL);
    }

    @Override
    public void publish(LogRecord entry) {
        all.add(entry.getLevel() + " " + MDC.get("deviceAuthorization.client") + " " + MDC.get("deviceAuthorization.flow")
                + ": "
                + ExtLogRecord.wrap(entry).getFormattedMessage());
    }

    @Override
    public void flush() {
        // nothing is buffered
    }

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setLevel(null);
    }
}
