package io.quarkiverse.deviceauthorization.it.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

import jakarta.ws.rs.GET;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.devserver.Script;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.RunOnVirtualThread;

/** Compiled and run on Java 21 and later only, where there are virtual threads. */
@QuarkusTest
@DisplayName("On a virtual thread")
class VirtualThreadsTest {

    private final Script script = Script.ofDevService();

    @TempDir
    Path directory;

    /** Does with the blocking interface all that there is to do. */
    @jakarta.ws.rs.Path("/virtual-thread")
    public static class Resource {

        private final DeviceAuthorization deviceAuthorization;

        Resource(DeviceAuthorization deviceAuthorization) {
            this.deviceAuthorization = deviceAuthorization.forOwner("virtual");
        }

        @GET
        @RunOnVirtualThread
        public String everything() {
            if (!Thread.currentThread().isVirtual()) {
                throw new IllegalStateException("This is " + Thread.currentThread());
            }
            PendingAuthorization left = deviceAuthorization.start();
            PollResult first = deviceAuthorization.poll(left);
            deviceAuthorization.cancel(left);
            Tokens tokens = deviceAuthorization.login();
            Tokens newer = deviceAuthorization.refresh(tokens);
            boolean same = deviceAuthorization.tokens().equals(newer);
            deviceAuthorization.logout();
            return first.getClass().getSimpleName() + ", " + newer.identity().orElseThrow().getSubject() + ", " + same;
        }
    }

    /** While a class is initialised, its thread is bound to the one that carries it. */
    static class PinsWhoeverLoadsIt {

        static final boolean LOADED = waits();

        private static boolean waits() {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            return true;
        }
    }

    @BeforeEach
    @AfterEach
    void reset() {
        script.reset();
    }

    @Test
    @DisplayName("people are signed in, and no other virtual thread has to wait for it")
    void pinsNothing() throws IOException {
        script.approve("alice");

        assertThat(Pins.during(directory, () -> given().get("/virtual-thread").then().statusCode(200)
                .body(is("Pending, alice, true")))).isEmpty();
    }

    @Test
    @DisplayName("a wait that binds its carrier is noticed by these tests")
    void noticesPins() throws IOException {
        assertThat(Pins.during(directory,
                () -> Thread.ofVirtual().start(() -> assertThat(PinsWhoeverLoadsIt.LOADED).isTrue()).join())).isNotEmpty();
    }
}
