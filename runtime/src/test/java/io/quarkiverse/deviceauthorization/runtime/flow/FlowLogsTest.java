package io.quarkiverse.deviceauthorization.runtime.flow;

import static io.quarkiverse.deviceauthorization.runtime.ScriptedServer.error;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logging.MDC;
import org.jboss.logmanager.ExtLogRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.runtime.logging.LoggedFlows;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer.Meaning;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

@DisplayName("What is logged about a flow says which one")
class FlowLogsTest {

    private static final Logger LOGGER = Logger.getLogger("io.quarkiverse.deviceauthorization.runtime.flow");

    private final HandingOverStore store = new HandingOverStore();
    private final FlowFixture fixture = new FlowFixture(store, Duration.ofSeconds(10), 256, 100_000,
            new LoggedFlows(() -> null));
    private final List<String> logged = new ArrayList<>();
    private final List<String> messages = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord entry) {
            logged.add((entry.getLevel().intValue() >= Level.WARNING.intValue() ? "WARN " : "DEBUG ")
                    + MDC.get("deviceAuthorization.client") + " "
                    + MDC.get("deviceAuthorization.flow"));
            messages.add(ExtLogRecord.wrap(entry).getFormattedMessage());
        }

        @Override
        public void flush() {
            // nothing is buffered
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    @BeforeEach
    void listen() {
        LOGGER.addHandler(handler);
        LOGGER.setLevel(Level.ALL);
    }

    @AfterEach
    void tidyUp() {
        LOGGER.removeHandler(handler);
        LOGGER.setLevel(null);
        assertThat(MDC.get("deviceAuthorization.flow")).as("what is left behind").isNull();
    }

    @Test
    @DisplayName("when it can't go on since the store is away")
    void storeIsAway() {
        PendingAuthorization flow = fixture.start();
        fixture.await(flow);
        store.down = true;
        fixture.time.advance(6);
        assertThat(logged).containsOnly("WARN tv " + flow.id());
    }

    @Test
    @DisplayName("when its end can't be stored")
    void endIsNotStored() {
        List<UniEmitter<? super TokenAnswer>> late = new ArrayList<>();
        fixture.server.answer(Uni.createFrom().emitter(late::add));
        PendingAuthorization flow = fixture.start();
        fixture.await(flow);
        fixture.time.advance(5);
        store.readOnly = true;
        late.get(0).complete(error(Meaning.DENIED, "access_denied"));
        assertThat(logged).containsOnly("WARN tv " + flow.id());
    }

    @Test
    @DisplayName("when others can't be told that they may go on with it")
    void notHandedOver() {
        PendingAuthorization flow = fixture.start();
        fixture.flows.follow(flow).await().indefinitely();
        fixture.time.advance(6);
        store.readOnly = true;
        fixture.flows.stop();
        assertThat(logged).containsOnly("DEBUG tv " + flow.id());
        assertThat(messages)
                .containsOnly("What others should know of a flow of client 'tv' could not be stored: The store is not there");
    }

    @Test
    @DisplayName("when tokens that nobody uses can't be revoked")
    void notRevoked() {
        List<UniEmitter<? super Void>> checks = new ArrayList<>();
        fixture.server.idTokenChecks.add(Uni.createFrom().emitter(checks::add));
        fixture.server.answer(fixture.server.granted("a"));
        fixture.server.revocationFailure = Optional
                .of(new AuthorizationServerException("The server is not there", 0, null));
        PendingAuthorization flow = fixture.start();
        fixture.await(flow);
        fixture.time.advance(Duration.ofSeconds(6));
        fixture.flows.cancel(flow).await().indefinitely();
        assertThat(logged).containsExactly("WARN tv " + flow.id());
        assertThat(messages).containsExactly(
                "Tokens of client 'tv' that nobody uses are not revoked: The server is not there");
    }
}
