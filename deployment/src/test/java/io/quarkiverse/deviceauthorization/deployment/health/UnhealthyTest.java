package io.quarkiverse.deviceauthorization.deployment.health;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.deployment.Http;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;

@DisplayName("An application whose servers are in every condition")
class UnhealthyTest {

    private static final String SERVER = Servers.scripted();

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Servers.class, Readiness.class, Http.class, Clients.class))
            .overrideConfigKey("quarkus.devservices.enabled", "false")
            .withRuntimeConfiguration("""
                    quarkus.device-authorization.good.auth-server-url=%1$s/good
                    quarkus.device-authorization.good.client-id=app
                    quarkus.device-authorization.good.health.timeout=30S
                    quarkus.device-authorization.lacking.auth-server-url=%1$s/lacking
                    quarkus.device-authorization.lacking.client-id=app
                    quarkus.device-authorization.lacking.health.timeout=30S
                    quarkus.device-authorization.other.auth-server-url=%1$s/good
                    quarkus.device-authorization.other.client-id=app
                    quarkus.device-authorization.other.health.timeout=30S
                    quarkus.device-authorization.other.device-authorization-path=/elsewhere
                    quarkus.device-authorization.broken.auth-server-url=%1$s/broken
                    quarkus.device-authorization.broken.client-id=app
                    quarkus.device-authorization.broken.health.timeout=30S
                    quarkus.device-authorization.refusing.auth-server-url=%2$s
                    quarkus.device-authorization.refusing.client-id=app
                    quarkus.device-authorization.refusing.health.timeout=30S
                    quarkus.device-authorization.silent.auth-server-url=%3$s
                    quarkus.device-authorization.silent.client-id=app
                    quarkus.device-authorization.silent.health.timeout=200ms
                    quarkus.device-authorization."path.only".auth-server-url=%1$s/direct
                    quarkus.device-authorization."path.only".client-id=app
                    quarkus.device-authorization."path.only".health.timeout=30S
                    quarkus.device-authorization."path.only".device-authorization-path=/device
                    quarkus.device-authorization."path.only".token-path=/token
                    quarkus.device-authorization.path-broken.auth-server-url=%1$s/broken
                    quarkus.device-authorization.path-broken.client-id=app
                    quarkus.device-authorization.path-broken.health.timeout=30S
                    quarkus.device-authorization.path-broken.device-authorization-path=/device
                    quarkus.device-authorization.path-broken.token-path=/token
                    quarkus.device-authorization.unprobed.auth-server-url=%2$s
                    quarkus.device-authorization.unprobed.client-id=app
                    quarkus.device-authorization.unprobed.health.probe=false
                    quarkus.device-authorization.off.auth-server-url=%2$s
                    quarkus.device-authorization.off.client-id=app
                    quarkus.device-authorization.off.active=false
                    quarkus.device-authorization.incomplete.auth-server-url=%2$s
                    """.formatted(SERVER, Servers.refusing(), Servers.silent()));

    /** Makes the application use each client; those that can't be used don't keep it from starting. */
    @Singleton
    static class Clients {

        @Inject
        @DeviceAuthorizationName("good")
        InjectableInstance<ReactiveDeviceAuthorization> good;
        @Inject
        @DeviceAuthorizationName("lacking")
        InjectableInstance<ReactiveDeviceAuthorization> lacking;
        @Inject
        @DeviceAuthorizationName("other")
        InjectableInstance<ReactiveDeviceAuthorization> other;
        @Inject
        @DeviceAuthorizationName("broken")
        InjectableInstance<ReactiveDeviceAuthorization> broken;
        @Inject
        @DeviceAuthorizationName("refusing")
        InjectableInstance<ReactiveDeviceAuthorization> refusing;
        @Inject
        @DeviceAuthorizationName("silent")
        InjectableInstance<ReactiveDeviceAuthorization> silent;
        @Inject
        @DeviceAuthorizationName("path.only")
        InjectableInstance<ReactiveDeviceAuthorization> pathOnly;
        @Inject
        @DeviceAuthorizationName("path-broken")
        InjectableInstance<ReactiveDeviceAuthorization> pathBroken;
        @Inject
        @DeviceAuthorizationName("unprobed")
        InjectableInstance<ReactiveDeviceAuthorization> unprobed;
        @Inject
        @DeviceAuthorizationName("off")
        InjectableInstance<ReactiveDeviceAuthorization> off;
        @Inject
        @DeviceAuthorizationName("incomplete")
        InjectableInstance<ReactiveDeviceAuthorization> incomplete;
    }

    @Inject
    Clients clients;

    @TestHTTPResource("q/health/ready")
    String health;

    @Test
    void isNotReadyAndSaysWhyForEachClient() {
        Readiness readiness = Readiness.ask(health);

        assertThat(readiness.httpStatus()).isEqualTo(503);
        assertThat(readiness.status()).isEqualTo("DOWN");
        assertThat(readiness.data()).containsEntry("good", "up");

        assertThat(readiness.data()).containsEntry("lacking", "down");
        assertThat(readiness.text("lacking.problem")).contains("no usable device_authorization_endpoint");

        assertThat(readiness.data()).containsEntry("other", "down");
        assertThat(readiness.text("other.problem")).contains(SERVER + "/good/device", SERVER + "/good/elsewhere is configured");

        assertThat(readiness.data()).containsEntry("broken", "down");
        assertThat(readiness.text("broken.problem")).contains("503");

        assertThat(readiness.data()).containsEntry("refusing", "down");
        assertThat(readiness.text("refusing.problem")).contains(Servers.refusing(), "refuses connections",
                "quarkus.device-authorization.\"refusing\".auth-server-url");

        assertThat(readiness.data()).containsEntry("silent", "down");
        assertThat(readiness.text("silent.problem")).contains("no answer within 200 ms",
                "quarkus.device-authorization.\"silent\".health.timeout");
        assertThat((Integer) readiness.data().get("silent.latency-ms")).isBetween(150, 25_000);

        assertThat(readiness.data()).containsEntry("path.only", "up")
                .containsEntry("path.only.probed", "GET " + SERVER + "/direct/device");
        assertThat(readiness.data()).containsEntry("path-broken", "down");
        assertThat(readiness.text("path-broken.problem")).contains("503");

        assertThat(readiness.data()).containsEntry("unprobed", "not probed");
        assertThat(readiness.data()).doesNotContainKeys("off", "incomplete", "<default>");

        assertThat(Servers.requests()).noneMatch(request -> request.startsWith("POST"));
    }
}
