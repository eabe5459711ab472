package io.quarkiverse.deviceauthorization.deployment;

import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jboss.logmanager.ExtLogRecord;
import org.jboss.shrinkwrap.api.asset.StringAsset;

import io.quarkus.test.QuarkusDevModeTest;

/** Applications in dev mode: each listens on a port of its own, since two of them may run at a time. */
public final class DevMode {

    private static final Pattern LISTENING = Pattern.compile("Listening on: http://[^:]+:([0-9]+)");

    private DevMode() {
    }

    public static QuarkusDevModeTest application(Class<?> resource, String properties) {
        return new QuarkusDevModeTest()
                .withApplicationRoot(jar -> jar.addClass(resource)
                        .addAsResource(new StringAsset(properties), "application.properties"))
                .setLogRecordPredicate(entry -> true);
    }

    /** @return the port that the application says it listens on */
    public static int port(QuarkusDevModeTest application) {
        return application.getLogRecords().stream().map(DevMode::text).map(LISTENING::matcher).filter(Matcher::find)
                .map(found -> Integer.parseInt(found.group(1))).reduce((earlier, latest) -> latest).orElseThrow();
    }

    private static String text(LogRecord entry) {
        return entry instanceof ExtLogRecord extended ? extended.getFormattedMessage() : entry.getMessage();
    }
}
