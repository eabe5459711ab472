package io.quarkiverse.deviceauthorization.deployment;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

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
import io.restassured.RestAssured;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Uni;

@DisplayName("On an event loop")
class EventLoopTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClass(SignIn.class));

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

    @ParameterizedTest
    @ValueSource(strings = { "start", "login", "tokens", "resume" })
    void theBlockingApiRefusesAndNamesTheReactiveOne(String method) {
        RestAssured.get("/sign-in/blocking?method=" + method).then().statusCode(200)
                .body(containsString("DeviceAuthorization." + method + "() waits"))
                .body(containsString("event loop"))
                .body(containsString("Inject ReactiveDeviceAuthorization, or annotate the calling method with @Blocking"));
    }

    @Test
    void theReactiveApiWorks() {
        RestAssured.get("/sign-in/reactive").then().statusCode(200).body(containsString("code "));
        RestAssured.get("/sign-in/nobody").then().statusCode(200).body(not(equalTo("")), containsString("login"));
    }
}
