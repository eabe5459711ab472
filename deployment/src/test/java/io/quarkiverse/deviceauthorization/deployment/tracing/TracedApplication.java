package io.quarkiverse.deviceauthorization.deployment.tracing;

import java.util.List;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.deployment.Http;
import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkus.maven.dependency.Dependency;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.mutiny.Uni;

/** An application with {@code quarkus-opentelemetry}, whose spans go nowhere but into memory. */
final class TracedApplication {

    private TracedApplication() {
    }

    static QuarkusUnitTest of(Class<?>... others) {
        return new QuarkusUnitTest()
                .setForcedDependencies(List.of(Dependency.of("io.quarkus", "quarkus-opentelemetry-deployment",
                        System.getProperty("quarkus-opentelemetry.version"))))
                .withApplicationRoot(jar -> jar
                        .addClasses(Http.class, TracedApplication.class, Exported.class, SignIns.class, Observer.class)
                        .addClasses(others))
                .overrideConfigKey("quarkus.otel.traces.exporter", "none")
                .overrideConfigKey("quarkus.device-authorization.scopes", "openid,offline_access");
    }

    @Singleton
    static class Exported {

        private final InMemorySpanExporter exporter = InMemorySpanExporter.create();

        @Produces
        @Singleton
        InMemorySpanExporter exporter() {
            return exporter;
        }

        @Produces
        @Singleton
        SpanProcessor processor() {
            return SimpleSpanProcessor.create(exporter);
        }
    }

    @Path("sign-ins/{owner}")
    public static class SignIns {

        @Inject
        DeviceAuthorization client;

        @Inject
        ReactiveDeviceAuthorization reactive;

        /** On a worker thread. */
        @POST
        public String start(@RestPath String owner) {
            DeviceAuthorization mine = client.forOwner(owner);
            PendingAuthorization pending = mine.start();
            mine.follow(pending);
            return pending.userCode();
        }

        /** On an event loop. */
        @POST
        @Path("reactive")
        public Uni<String> startReactively(@RestPath String owner) {
            ReactiveDeviceAuthorization mine = reactive.forOwner(owner);
            return mine.start().onItem().call(mine::follow).onItem().transform(PendingAuthorization::userCode);
        }

        @POST
        @Path("refresh")
        public void refresh(@RestPath String owner) {
            DeviceAuthorization mine = client.forOwner(owner);
            mine.refresh(mine.tokens());
        }
    }

    /** Does something of its own when it hears of a sign-in. */
    @Singleton
    static class Observer {

        static final String WAITED_FOR = "welcome";
        static final String NOT_WAITED_FOR = "welcome later";

        private static final Logger LOG = Logger.getLogger(Observer.class);

        @Inject
        Tracer tracer;

        void approved(@Observes Approved event) {
            LOG.info(WAITED_FOR);
            tracer.spanBuilder(WAITED_FOR).startSpan().end();
        }

        void approvedAsync(@ObservesAsync Approved event) {
            LOG.info(NOT_WAITED_FOR);
            tracer.spanBuilder(NOT_WAITED_FOR).startSpan().end();
        }
    }
}
