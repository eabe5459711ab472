package io.quarkiverse.deviceauthorization.deployment.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import jakarta.inject.Inject;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.deployment.Http;
import io.quarkus.test.QuarkusUnitTest;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

@DisplayName("Reactive callers go on in their own requests")
class ReactiveCallersTest {

    private static final String MARK = "caller";

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = FilterApplication.of();

    @Inject
    DeviceAuthorization client;

    @Inject
    ReactiveDeviceAuthorization reactive;

    @Inject
    Api api;

    @Inject
    Vertx vertx;

    @BeforeEach
    void signIn() {
        api.reset();
        Api.signIn(client);
    }

    @Test
    @DisplayName("with refreshed tokens that were asked for by all of them at once")
    void joined() throws Exception {
        Tokens refused = client.tokens();
        assertThat(inContexts(() -> reactive.refresh(refused))).containsExactlyInAnyOrder("a in a", "b in b", "c in c");
    }

    @Test
    @DisplayName("with a problem that is one for all of them")
    void failed() throws Exception {
        client.logout();
        assertThat(inContexts(reactive::tokens)).containsExactlyInAnyOrder("a in a", "b in b", "c in c");
    }

    @Test
    @DisplayName("with what somebody has approved")
    void approved() throws Exception {
        PendingAuthorization pending = client.start();
        Http.decide(FilterApplication.server(), "approve", pending.userCode() + "&user=alice");
        assertThat(inContexts(() -> reactive.await(pending))).containsExactlyInAnyOrder("a in a", "b in b", "c in c");
    }

    private List<String> inContexts(Supplier<Uni<Tokens>> call) throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        List<CompletableFuture<Object>> all = new ArrayList<>();
        Context root = VertxContext.getRootContext(vertx.getOrCreateContext());
        for (String name : List.of("a", "b", "c")) {
            Context own = VertxContext.createNewDuplicatedContext(root);
            CompletableFuture<Object> done = new CompletableFuture<>();
            all.add(done);
            own.runOnContext(ignored -> {
                own.putLocal(MARK, name);
                call.get().onItemOrFailure().invoke((item, problem) -> seen.add(name + " in " + mark()))
                        .subscribe().with(done::complete, done::complete);
            });
        }
        for (CompletableFuture<Object> one : all) {
            one.get(20, TimeUnit.SECONDS);
        }
        return seen;
    }

    private static String mark() {
        Context context = Vertx.currentContext();
        return context == null || !VertxContext.isDuplicatedContext(context) ? "nobody's" : context.getLocal(MARK);
    }
}
