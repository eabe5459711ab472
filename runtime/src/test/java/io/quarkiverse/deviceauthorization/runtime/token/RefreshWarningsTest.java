package io.quarkiverse.deviceauthorization.runtime.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.runtime.LoggedWarnings;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;

@DisplayName("Operators hear")
class RefreshWarningsTest extends SharedTokens {

    private final LoggedWarnings logged = new LoggedWarnings("io.quarkiverse.deviceauthorization.runtime.token");

    @AfterEach
    void close() {
        logged.close();
    }

    @Test
    @DisplayName("once that refreshed tokens can't be stored yet, and when they are lost since the application stops")
    void notStored() {
        grantExpired();
        refreshing(here);
        store.writeProblem = new AuthorizationStoreException("The disk is full", null);
        answer(server.granted("b"));
        time.advance(60);
        assertThat(logged.messages)
                .containsExactly("Refreshed tokens of client 'tv' could not be stored, and are kept in memory"
                        + " until they can: The disk is full");

        vaultHere.stop();
        assertThat(logged.messages).hasSize(2).last()
                .isEqualTo("Refreshed tokens of client 'tv' could not be stored, and are lost: The disk is full");
    }

    @Test
    @DisplayName("that tokens whose owner has signed out during their refresh are good until they end")
    void notRevoked() {
        grantExpired();
        refreshing(here);
        there.signOut().await().indefinitely();
        server.revocationFailure = Optional.of(new AuthorizationServerException("The server is busy", 503, null));
        answer(server.granted("b"));

        assertThat(logged.messages).containsExactly("Tokens of client 'tv' that were refreshed during a sign-out are not"
                + " revoked: The server is busy");
    }

    @Test
    @DisplayName("how many could not be signed out, why, and what to do, from logoutAll()")
    void notSignedOut() {
        grant("a", Duration.ofHours(1));
        vaultHere.of("bob").granted(server.tokens("b", Duration.ofHours(1)), "flow of bob").await().indefinitely();
        server.revocationFailure = Optional.of(new AuthorizationServerException("The server is busy", 503, null));

        assertThatThrownBy(() -> vaultHere.signOutAll().await().indefinitely())
                .isInstanceOf(AuthorizationServerException.class)
                .hasMessage(
                        "2 of 2 owners of client 'tv' could not be signed out, and their tokens stay. The first problem: The"
                                + " server is busy. Call logoutAll() again");
        server.revocationFailure = Optional.empty();
        vaultHere.signOutAll().await().indefinitely();
        assertThat(find()).isEmpty();
    }
}
