package io.quarkiverse.deviceauthorization.runtime.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logmanager.ExtLogRecord;

/** What prompts write to the log. */
final class PromptLog {

    private PromptLog() {
    }

    /** @return the entries, each with its level before it */
    static List<String> of(Runnable work) {
        List<String> entries = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                entries.add(entry.getLevel() + " "
                        + (entry instanceof ExtLogRecord formatted ? formatted.getFormattedMessage() : entry.getMessage()));
            }

            @Override
            public void flush() {
                // nothing is buffered
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
        Logger logger = Logger.getLogger(LogPrompt.class.getPackageName());
        logger.addHandler(handler);
        try {
            work.run();
        } finally {
            logger.removeHandler(handler);
        }
        return entries;
    }
}
