package io.quarkiverse.deviceauthorization.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Supplier;

import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkus.runtime.BlockingOperationNotAllowedException;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;

@DisplayName("On an event loop")
class EventLoopTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(SignIn.class, Http.class));

    @Path("sign-in")
    public static class SignIn {

        @Inject
        DeviceAuthorization blocking;

        @Inject
        ReactiveDeviceAuthorization reactive;

        @GET
        @NonBlocking
        @Path("blocking")
        public String blocking(@QueryParam("method") String method) {
            Supplier<?> call = switch (method) {
                case "start" -> blocking::start;
                case "login" -> blocking::login;
                case "tokens" -> blocking::tokens;
                case "resume" -> () -> blocking.resume("any");
                default -> throw new IllegalArgumentException(method);
            };
            try {
                return "came back: " + call.get();
            } catch (BlockingOperationNotAllowedException e) {
                return e.getMessage();
            }
        }

        @GET
        @Path("reactive")
        public Uni<String> reactive() {
            return reactive.start().onItem().transform(pending -> "code " + pending.userCode());
        }

        @GET
        @Path("nobody")
        public Uni<String> nobody() {
            return reactive.tokens().onItem().transform(Object::toString)
                    .onFailure(AuthorizationRequiredException.class).recoverWithItem(Throwable::getMessage);
        }
    }

    @TestHTTPResource("sign-in")
    String application;

    @ParameterizedTest
    @ValueSource(strings = { "start", "login", "tokens", "resume" })
    void theBlockingApiRefusesAndNamesTheReactiveOne(String method) {
        assertThat(Http.get(application + "/blocking?method=" + method).body())
                .contains("DeviceAuthorization." + method + "() waits", "event loop",
                        "Inject ReactiveDeviceAuthorization, or annotate the calling method with @Blocking");
    }

    @Test
    void theReactiveApiWorks() {
        assertThat(Http.get(application + "/reactive").body()).startsWith("code ");
        assertThat(Http.get(application + "/nobody").body()).contains("login");
    }
}
