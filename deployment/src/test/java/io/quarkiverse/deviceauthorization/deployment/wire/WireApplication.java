package io.quarkiverse.deviceauthorization.deployment.wire;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.deployment.Http;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkus.test.QuarkusUnitTest;

/** Applications whose clients talk to {@link DevelopmentServers}, and whose whole log is searched for secrets at the end. */
final class WireApplication {

    /** Whatever a log could show of these libraries. */
    private static final List<String> LOGGED = List.of("io.quarkiverse.deviceauthorization", "org.jboss.resteasy.reactive",
            "io.quarkus.rest.client", "io.quarkus.credentials", "io.quarkus.tls", "io.smallrye", "org.jose4j", "io.vertx");

    private WireApplication() {
    }

    /** @param start starts the servers */
    static QuarkusUnitTest of(Runnable start, Class<?>... classes) {
        QuarkusUnitTest application = new QuarkusUnitTest()
                .withApplicationRoot(
                        root -> root.addClasses(DevelopmentServers.class, Http.class, Wire.class, WireApplication.class,
                                Observer.class).addClasses(classes))
                .setBeforeAllCustomizer(start)
                .overrideConfigKey("quarkus.log.min-level", "TRACE")
                .overrideConfigKey("quarkus.log.console.level", "INFO")
                .overrideConfigKey("quarkus.rest-client.logging.scope", "request-response")
                .overrideConfigKey("quarkus.rest-client.logging.body-limit", "5000")
                .setLogRecordPredicate(log -> true)
                .assertLogRecords(DevelopmentServers::nothingLeaked);
        LOGGED.forEach(category -> application.overrideConfigKey("quarkus.log.category.\"" + category + "\".level", "TRACE"));
        return application;
    }

    static void client(QuarkusUnitTest application, String name, String... keysAndValues) {
        String prefix = "quarkus.device-authorization.\"" + name + "\".";
        application.overrideConfigKey(prefix + "client-id", "tv");
        for (int i = 0; i < keysAndValues.length; i += 2) {
            application.overrideConfigKey(prefix + keysAndValues[i], keysAndValues[i + 1]);
        }
    }

    /** Writes all events to the log, which is searched for secrets. */
    @Singleton
    static class Observer {

        private static final Logger LOG = Logger.getLogger(Observer.class);

        private final List<DeviceAuthorizationEvent> events = new CopyOnWriteArrayList<>();

        void log(@Observes DeviceAuthorizationEvent event) {
            LOG.infof("%s", event);
            events.add(event);
        }

        List<String> events(String client, String owner) {
            return events.stream().filter(event -> event.client().equals(client) && event.owner().equals(owner))
                    .map(event -> event.getClass().getSimpleName()).toList();
        }

        /** Writes anything to the log that an application may write. */
        void log(Object anything) {
            LOG.infof("%s", anything);
            if (anything instanceof Throwable problem) {
                LOG.info("A problem", problem);
            }
        }
    }
}
