package io.quarkiverse.deviceauthorization.deployment.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import jakarta.enterprise.context.RequestScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.awaitility.Awaitility;
import org.jboss.resteasy.reactive.RestPath;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.deployment.Http;
import io.quarkiverse.deviceauthorization.event.Started;
import io.quarkiverse.deviceauthorization.provider.ProviderAdapter;
import io.quarkiverse.deviceauthorization.provider.ProviderAnswer;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;
import io.quarkus.test.QuarkusUnitTest;
import io.quarkus.test.common.http.TestHTTPResource;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;

@DisplayName("What belongs to somebody's request stays in it:")
@Timeout(120)
class ObserverContextTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest().withApplicationRoot(
            jar -> jar.addClasses(Http.class, Caller.class, Requests.class, SignIns.class, Observer.class, Polls.class));

    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** Who makes the request: what a security identity would be. */
    @RequestScoped
    static class Caller {

        private String name = "nobody";

        String name() {
            return name;
        }

        void is(String name) {
            this.name = name;
        }
    }

    /** The context of a request, from which those of its calls are derived; a trace would be found in this way too. */
    static final class Requests {

        private static final String MARK = "caller";

        private Requests() {
        }

        static void mark(String caller) {
            Vertx.currentContext().putLocal(MARK, caller);
        }

        static String found() {
            Object context = Vertx.currentContext();
            while (context instanceof ContextInternal each && each.isDuplicate()) {
                if (each.getLocal(MARK) != null) {
                    return each.getLocal(MARK);
                }
                context = each.getLocal("__PARENT_CONTEXT__");
            }
            return "nobody";
        }
    }

    @Path("sign-ins/{owner}")
    public static class SignIns {

        @Inject
        ReactiveDeviceAuthorization client;

        @Inject
        Caller caller;

        @Inject
        Observer observer;

        /** On an event loop; ada's request lasts while observers hear of others. */
        @POST
        public Uni<String> start(@RestPath String owner) {
            caller.is(owner);
            Requests.mark(owner);
            ReactiveDeviceAuthorization mine = client.forOwner(owner);
            return mine.start()
                    .onItem().call(pending -> owner.equals("cleo") ? mine.follow(pending) : Uni.createFrom().voidItem())
                    .onItem().call(() -> owner.equals("ada") ? Uni.createFrom().completionStage(observer.bobHeard)
                            : Uni.createFrom().voidItem())
                    .onItem().transform(PendingAuthorization::id);
        }
    }

    @Singleton
    static class Observer {

        final CountDownLatch bobStarted = new CountDownLatch(1);
        final CompletableFuture<Void> bobHeard = new CompletableFuture<>();
        final List<String> seen = new CopyOnWriteArrayList<>();

        @Inject
        Caller caller;

        void started(@Observes Started event) throws InterruptedException {
            if (event.owner().equals("ada")) {
                bobStarted.await(); // so that bob's event waits for hers
            }
            see("waited", event);
            if (event.owner().equals("bob")) {
                bobHeard.complete(null);
            }
        }

        void startedAsync(@ObservesAsync Started event) {
            see("not waited", event);
        }

        private void see(String kind, Started event) {
            seen.add(event.owner() + " " + kind + ": " + caller.name() + ", request of " + Requests.found());
        }
    }

    /** Sees the context in which an answer comes. */
    @Singleton
    static class Polls implements ProviderAdapter {

        final List<String> seen = new CopyOnWriteArrayList<>();

        @Override
        public ProviderAnswer answer(Kind kind, ProviderAnswer answer) {
            if (kind == Kind.DEVICE_TOKEN) {
                seen.add(Requests.found());
            }
            return answer;
        }
    }

    @Inject
    Observer observer;

    @Inject
    Polls polls;

    @TestHTTPResource("sign-ins")
    String application;

    @Test
    @DisplayName("an observer has a context of its own")
    void anObserverHasAContextOfItsOwn() throws InterruptedException {
        Thread ada = new Thread(() -> Http.post(application + "/ada"));
        ada.start();
        Awaitility.await().atMost(PATIENCE).until(() -> observer.seen.stream().anyMatch(seen -> seen.startsWith("ada")));
        Http.post(application + "/bob");
        observer.bobStarted.countDown();
        ada.join();
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(observer.seen).filteredOn(
                seen -> !seen.startsWith("cleo")).containsExactlyInAnyOrder(
                        "ada waited: nobody, request of nobody", "ada not waited: nobody, request of nobody",
                        "bob waited: nobody, request of nobody", "bob not waited: nobody, request of nobody"));
    }

    @Test
    @DisplayName("polls go on without the request that has started the flow")
    void pollsGoOnWithoutTheRequest() {
        Http.post(application + "/cleo");
        Awaitility.await().atMost(PATIENCE).until(() -> polls.seen.size() >= 3);
        assertThat(polls.seen).as("whose request the polls belong to").containsOnly("nobody");
    }
}
