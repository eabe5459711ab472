{#if input.selected-extensions-ga.contains('io.quarkus:quarkus-rest') or input.selected-extensions-ga.contains('io.quarkus:quarkus-rest-jackson')}<SKIP>{#else}package org.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AccessDeniedException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.devserver.Script;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;

@QuarkusTest
class SignInTest {

    Script script = Script.ofDevService();

    @Inject
    SignIn signIn;

    @Inject
    DeviceAuthorization deviceAuthorization;

    @BeforeEach
    void forgetOtherTests() {
        script.reset();
    }

    @AfterEach
    void signOut() {
        deviceAuthorization.logout();
    }

    @Test
    void greetsWhoeverApproves() {
        script.approve("alice");
        assertEquals("Hello Alice", signIn.greet());
    }

    @Test
    void failsWhenSomebodyRefuses() {
        script.deny();
        assertThrows(AccessDeniedException.class, () -> signIn.greet());
    }

}
{/if}