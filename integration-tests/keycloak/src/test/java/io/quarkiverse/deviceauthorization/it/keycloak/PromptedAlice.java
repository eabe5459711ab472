package io.quarkiverse.deviceauthorization.it.keycloak;

import java.util.concurrent.atomic.AtomicInteger;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.context.ManagedExecutor;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.prompt.Prompt;

/** A prompt that alice reads and follows. */
@ApplicationScoped
class PromptedAlice implements Prompt {

    private final ManagedExecutor executor;
    private final AtomicInteger shown = new AtomicInteger();

    PromptedAlice(ManagedExecutor executor) {
        this.executor = executor;
    }

    @Override
    public void show(PendingAuthorization pending) {
        shown.incrementAndGet();
        executor.execute(() -> new KeycloakPerson("alice").approve(pending.verificationUri(), pending.userCode()));
    }

    int timesShown() {
        return shown.get();
    }
}
