package io.quarkiverse.deviceauthorization.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logmanager.ExtLogRecord;

/** The warnings of one logger, and of those below it, until it is closed. */
public final class LoggedWarnings extends Handler implements AutoCloseable {

    /** Their messages. */
    public final List<String> messages = new ArrayList<>();
    private final Logger logger;

    public LoggedWarnings(String logger) {
        this.logger = Logger.getLogger(logger);
        this.logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord logged) {
        if (logged.getLevel().intValue() >= Level.WARNING.intValue()) {
            messages.add(logged instanceof ExtLogRecord formatted ? formatted.getFormattedMessage()
                    : logged.getParameters() == null ? logged.getMessage()
                            : String.format(logged.getMessage(), logged.getParameters()));
        }
    }

    @Override
    public void flush() {
        // nothing is buffered
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
