package io.quarkiverse.deviceauthorization.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logmanager.ExtLogRecord;

/** The warnings of one logger, and of those below it, or all that they say, until it is closed. */
public final class LoggedWarnings extends Handler implements AutoCloseable {

    /** Their messages. */
    public final List<String> messages = new ArrayList<>();
    private final Logger logger;
    private final Level least;

    public LoggedWarnings(String logger) {
        this(logger, Level.WARNING);
    }

    private LoggedWarnings(String logger, Level least) {
        this.logger = Logger.getLogger(logger);
        this.least = least;
        this.logger.addHandler(this);
    }

    /** What is of interest to who looks for a fault, too. */
    public static LoggedWarnings andAllElse(String logger) {
        LoggedWarnings logged = new LoggedWarnings(logger, Level.ALL);
        logged.logger.setLevel(Level.ALL);
        return logged;
    }

    @Override
    public void publish(LogRecord logged) {
        if (logged.getLevel().intValue() >= least.intValue()) {
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
        if (least == Level.ALL) {
            logger.setLevel(null);
        }
    }
}
