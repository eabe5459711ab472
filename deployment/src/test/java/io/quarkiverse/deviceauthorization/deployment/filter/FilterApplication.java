package io.quarkiverse.deviceauthorization.deployment.filter;

import java.time.Duration;
import java.util.Map;

import io.quarkiverse.deviceauthorization.deployment.Http;
import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkus.test.QuarkusUnitTest;

/** Applications with a development server of their own, at which a sign-in takes no time. */
final class FilterApplication {

    private static final String SERVER = "filter-test.server";
    private static DeviceAuthorizationServer server;

    private FilterApplication() {
    }

    static QuarkusUnitTest of(Class<?>... classes) {
        return of(DeviceAuthorizationServer.builder(), classes);
    }

    /** @param builder the server: it starts before the application does, outside of its class loader */
    static QuarkusUnitTest of(DeviceAuthorizationServer.Builder builder, Class<?>... classes) {
        QuarkusUnitTest application = new QuarkusUnitTest()
                .withApplicationRoot(jar -> jar.addClasses(FilterApplication.class, Api.class, Http.class).addClasses(classes))
                .setBeforeAllCustomizer(() -> start(builder))
                .setAfterAllCustomizer(FilterApplication::stop);
        client(application, "");
        return application;
    }

    /** @param name the name of a client with a dot, or nothing for the default client */
    static void client(QuarkusUnitTest application, String name) {
        String prefix = "quarkus.device-authorization." + name;
        Map.of("auth-server-url", "${" + SERVER + "}", "client-id", "tv", "scopes", "openid,offline_access",
                "polling.default-interval", "20MS", "polling.min-interval", "20MS", "prompt", "none")
                .forEach((key, value) -> application.overrideConfigKey(prefix + key, value));
    }

    private static void start(DeviceAuthorizationServer.Builder builder) {
        server = builder.interval(Duration.ZERO).start();
        System.setProperty(SERVER, server.issuer());
    }

    private static void stop() {
        System.clearProperty(SERVER);
        server.close();
    }

    /** @return where the server is */
    static String server() {
        return System.getProperty(SERVER);
    }
}
