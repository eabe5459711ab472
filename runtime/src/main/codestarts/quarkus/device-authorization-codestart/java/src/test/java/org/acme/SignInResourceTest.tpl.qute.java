{#if input.selected-extensions-ga.contains('io.quarkus:quarkus-rest') or input.selected-extensions-ga.contains('io.quarkus:quarkus-rest-jackson')}package org.acme;

import static io.restassured.RestAssured.when;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AccessDeniedException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.devserver.Script;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

@QuarkusTest
class SignInResourceTest {

    Script script = Script.ofDevService();

    @Inject
    DeviceAuthorization deviceAuthorization;

    @BeforeEach
    void forgetOtherTests() {
        script.reset();
    }

    @Test
    void greetsWhoeverApproves() {
        String signIn = when().post("/sign-in").then().statusCode(201).body(containsString("enter the code")).extract()
                .header("Location");
        when().get(signIn).then().body(containsString("Waiting"));

        script.approve("alice");
        await(signIn);
        when().get(signIn).then().body(containsString("Hello Alice"));
    }

    @Test
    void saysWhenSomebodyRefuses() {
        String signIn = when().post("/sign-in").then().statusCode(201).extract().header("Location");

        script.deny();
        assertThrows(AccessDeniedException.class, () -> await(signIn));
    }

    private void await(String signIn) {
        String id = signIn.substring(signIn.lastIndexOf('/') + 1);
        deviceAuthorization.await(deviceAuthorization.resume(id).orElseThrow());
    }

}
{#else}<SKIP>{/if}