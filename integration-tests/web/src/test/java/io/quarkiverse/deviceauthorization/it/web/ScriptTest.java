package io.quarkiverse.deviceauthorization.it.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;

import jakarta.inject.Inject;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AccessDeniedException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceCodeExpiredException;
import io.quarkiverse.deviceauthorization.devserver.Script;
import io.quarkus.test.junit.QuarkusTest;

@QuarkusTest
@DisplayName("Three lines of a user's test let somebody")
class ScriptTest {

    Script script = Script.ofDevService();

    @Inject
    DeviceAuthorization deviceAuthorization;

    /** Flows that other tests left pending would meet what the person decides here. */
    @BeforeEach
    void reset() {
        script.reset();
    }

    @AfterEach
    void signOut() {
        deviceAuthorization.logout();
    }

    @Test
    @DisplayName("approve, whatever other tests have left pending")
    void approveAfterOthers() {
        given().post("/accounts/ada/sign-in");
        script.reset().approve("alice");

        assertThat(deviceAuthorization.login().identity().orElseThrow().getSubject()).isEqualTo("alice");
    }

    @Test
    @DisplayName("approve")
    void approve() {
        script.approve("alice");

        assertThat(deviceAuthorization.login().identity().orElseThrow().getSubject()).isEqualTo("alice");
    }

    @Test
    @DisplayName("deny")
    void deny() {
        script.deny();

        assertThatThrownBy(deviceAuthorization::login).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    @DisplayName("let the code expire")
    void expire() {
        script.expire();

        assertThatThrownBy(deviceAuthorization::login).isInstanceOf(DeviceCodeExpiredException.class);
    }

    @Test
    @DisplayName("wait, with a server that fails and wants to be asked less often")
    void slowDown() {
        Instant start = Instant.now();
        script.fail(503).slowDown().approve("bob");

        assertThat(deviceAuthorization.login().identity().orElseThrow().getSubject()).isEqualTo("bob");
        assertThat(Duration.between(start, Instant.now())).isGreaterThan(Duration.ofSeconds(6));
    }

    @Test
    @DisplayName("decide in a flow that the application started")
    void decideOne() {
        String id = given().post("/accounts/ida/sign-in").jsonPath().getString("id");
        DeviceAuthorization ida = deviceAuthorization.forOwner("ida");
        script.approve(ida.resume(id).orElseThrow().userCode(), "bob");

        assertThat(ida.await(ida.resume(id).orElseThrow()).identity().orElseThrow().getSubject()).isEqualTo("bob");
    }
}
