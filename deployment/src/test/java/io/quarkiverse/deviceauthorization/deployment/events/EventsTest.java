package io.quarkiverse.deviceauthorization.deployment.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.quarkiverse.deviceauthorization.AccessDeniedException;
import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.DeviceCodeExpiredException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.deployment.Http;
import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkiverse.deviceauthorization.event.Cancelled;
import io.quarkiverse.deviceauthorization.event.Denied;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.event.Expired;
import io.quarkiverse.deviceauthorization.event.Failed;
import io.quarkiverse.deviceauthorization.event.FlowEvent;
import io.quarkiverse.deviceauthorization.event.GaveUp;
import io.quarkiverse.deviceauthorization.event.Pending;
import io.quarkiverse.deviceauthorization.event.RefreshRejected;
import io.quarkiverse.deviceauthorization.event.Refreshed;
import io.quarkiverse.deviceauthorization.event.SignedOut;
import io.quarkiverse.deviceauthorization.event.SlowedDown;
import io.quarkiverse.deviceauthorization.event.Started;
import io.quarkiverse.deviceauthorization.event.TransientFailure;
import io.quarkus.test.QuarkusUnitTest;
import io.vertx.core.json.JsonObject;

@DisplayName("What happens is told to observers of each kind, those that wait for it and those that don't")
class EventsTest {

    @RegisterExtension
    static final QuarkusUnitTest APPLICATION = new QuarkusUnitTest()
            .withApplicationRoot(jar -> jar.addClasses(Http.class, SyncObservers.class, AsyncObservers.class))
            .overrideConfigKey("quarkus.device-authorization.scopes", "openid,offline_access")
            .overrideConfigKey("quarkus.device-authorization.tv.polling.max-failures", "1");

    private static final String DEFAULT = DeviceAuthorizationName.DEFAULT;
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    /** One method for each kind, and one for all. */
    @Singleton
    static class SyncObservers {

        final List<DeviceAuthorizationEvent> all = new CopyOnWriteArrayList<>();
        final List<DeviceAuthorizationEvent> ofFlows = new CopyOnWriteArrayList<>();
        final Set<DeviceAuthorizationEvent> byKind = ConcurrentHashMap.newKeySet();

        void all(@Observes DeviceAuthorizationEvent event) {
            all.add(event);
        }

        void ofFlows(@Observes FlowEvent event) {
            ofFlows.add(event);
        }

        void started(@Observes Started event) {
            byKind.add(event);
        }

        void pending(@Observes Pending event) {
            byKind.add(event);
        }

        void slowedDown(@Observes SlowedDown event) {
            byKind.add(event);
        }

        void transientFailure(@Observes TransientFailure event) {
            byKind.add(event);
        }

        void gaveUp(@Observes GaveUp event) {
            byKind.add(event);
        }

        void approved(@Observes Approved event) {
            byKind.add(event);
        }

        void denied(@Observes Denied event) {
            byKind.add(event);
        }

        void expired(@Observes Expired event) {
            byKind.add(event);
        }

        void failed(@Observes Failed event) {
            byKind.add(event);
        }

        void cancelled(@Observes Cancelled event) {
            byKind.add(event);
        }

        void refreshed(@Observes Refreshed event) {
            byKind.add(event);
        }

        void refreshRejected(@Observes RefreshRejected event) {
            byKind.add(event);
        }

        void signedOut(@Observes SignedOut event) {
            byKind.add(event);
        }
    }

    /** The same, later and elsewhere. */
    @Singleton
    static class AsyncObservers {

        final Set<DeviceAuthorizationEvent> all = ConcurrentHashMap.newKeySet();
        final Set<DeviceAuthorizationEvent> byKind = ConcurrentHashMap.newKeySet();

        void all(@ObservesAsync DeviceAuthorizationEvent event) {
            all.add(event);
        }

        void started(@ObservesAsync Started event) {
            byKind.add(event);
        }

        void pending(@ObservesAsync Pending event) {
            byKind.add(event);
        }

        void slowedDown(@ObservesAsync SlowedDown event) {
            byKind.add(event);
        }

        void transientFailure(@ObservesAsync TransientFailure event) {
            byKind.add(event);
        }

        void gaveUp(@ObservesAsync GaveUp event) {
            byKind.add(event);
        }

        void approved(@ObservesAsync Approved event) {
            byKind.add(event);
        }

        void denied(@ObservesAsync Denied event) {
            byKind.add(event);
        }

        void expired(@ObservesAsync Expired event) {
            byKind.add(event);
        }

        void failed(@ObservesAsync Failed event) {
            byKind.add(event);
        }

        void cancelled(@ObservesAsync Cancelled event) {
            byKind.add(event);
        }

        void refreshed(@ObservesAsync Refreshed event) {
            byKind.add(event);
        }

        void refreshRejected(@ObservesAsync RefreshRejected event) {
            byKind.add(event);
        }

        void signedOut(@ObservesAsync SignedOut event) {
            byKind.add(event);
        }
    }

    @Inject
    DeviceAuthorization client;

    @Inject
    @DeviceAuthorizationName("tv")
    DeviceAuthorization tv;

    @Inject
    SyncObservers sync;

    @Inject
    AsyncObservers async;

    @ConfigProperty(name = "quarkus.device-authorization.auth-server-url")
    String server;

    @Test
    void aSignInThatMeetsAFailureAndWhatItsTokensGoThrough() {
        DeviceAuthorization ada = client.forOwner("ada");
        PendingAuthorization flow = ada.start();
        Http.script(server, "action=pending");
        Http.script(server, "action=fail&status=502");
        Http.script(server, "action=approve&user=alice");
        Tokens first = ada.await(flow);
        Tokens second = ada.refresh(first);
        ada.logout();

        List<DeviceAuthorizationEvent> told = told("ada", 6);
        assertThat(told.get(0)).isEqualTo(new Started(DEFAULT, "ada", flow.id(), flow.expiresAt()));
        assertThat(told.get(1)).isEqualTo(new Pending(DEFAULT, "ada", flow.id()));
        assertThat(told.get(2)).isInstanceOfSatisfying(TransientFailure.class, failure -> {
            assertThat(failure.client()).isEqualTo(DEFAULT);
            assertThat(failure.id()).isEqualTo(flow.id());
            assertThat(failure.failures()).isEqualTo(1);
            assertThat(failure.message()).contains("502");
        });
        assertThat(told.subList(3, 6)).containsExactly(new Approved(DEFAULT, "ada", flow.id()), new Refreshed(DEFAULT, "ada"),
                new SignedOut(DEFAULT, "ada"));
        assertThat(told.toString()).doesNotContain(secrets(flow, first, second));
    }

    @Test
    void aSignInThatIsSlowedDownAndCancelled() {
        DeviceAuthorization bob = client.forOwner("bob");
        PendingAuthorization flow = bob.start();
        Http.script(server, "action=slow_down");
        bob.follow(flow);
        Awaitility.await().atMost(PATIENCE).until(() -> of("bob").size() == 2);
        bob.cancel(flow);

        List<DeviceAuthorizationEvent> told = told("bob", 3);
        assertThat(told).element(1).isEqualTo(new SlowedDown(DEFAULT, "bob", flow.id(), Duration.ofSeconds(6)));
        assertThat(told).element(2).isEqualTo(new Cancelled(DEFAULT, "bob", flow.id()));
        assertThat(told.toString()).doesNotContain(flow.deviceCode().value());
    }

    @Test
    void thePersonSaysNo() {
        DeviceAuthorization cleo = client.forOwner("cleo");
        PendingAuthorization flow = cleo.start();
        Http.decide(server, "deny", flow.userCode());
        assertThatThrownBy(() -> cleo.await(flow)).isInstanceOf(AccessDeniedException.class);
        assertThat(told("cleo", 2)).element(1).isEqualTo(new Denied(DEFAULT, "cleo", flow.id()));
    }

    @Test
    void nobodyDecides() {
        DeviceAuthorization dora = client.forOwner("dora");
        PendingAuthorization flow = dora.start();
        Http.decide(server, "expire", flow.userCode());
        assertThatThrownBy(() -> dora.await(flow)).isInstanceOf(DeviceCodeExpiredException.class);
        assertThat(told("dora", 2)).element(1).isEqualTo(new Expired(DEFAULT, "dora", flow.id()));
    }

    @Test
    void theServerEndsAFlow() {
        DeviceAuthorization emil = client.forOwner("emil");
        PendingAuthorization flow = emil.start();
        Http.script(server, "action=answer&status=400&body={\"error\":\"invalid_scope\"}");
        assertThatThrownBy(() -> emil.await(flow)).isInstanceOf(DeviceAuthorizationException.class);
        assertThat(told("emil", 2)).element(1).isEqualTo(new Failed(DEFAULT, "emil", flow.id(), "invalid_scope"));
    }

    @Test
    void theServerIsAwayForTooLong() {
        DeviceAuthorization fay = tv.forOwner("fay");
        PendingAuthorization flow = fay.start();
        Http.script(server, "action=fail&status=503");
        assertThatThrownBy(() -> fay.await(flow)).isInstanceOf(AuthorizationServerException.class);

        List<DeviceAuthorizationEvent> told = told("fay", 3);
        assertThat(told).allSatisfy(event -> assertThat(event.client()).isEqualTo("tv"));
        assertThat(told).element(1).isInstanceOf(TransientFailure.class);
        assertThat(told).element(2).isInstanceOfSatisfying(GaveUp.class, gaveUp -> {
            assertThat(gaveUp.id()).isEqualTo(flow.id());
            assertThat(gaveUp.message()).contains("503");
        });
    }

    @Test
    void theServerNoLongerAcceptsARefreshToken() {
        DeviceAuthorization gus = client.forOwner("gus");
        PendingAuthorization flow = gus.start();
        Http.decide(server, "approve", flow.userCode());
        Tokens tokens = gus.await(flow);
        Http.script(server, "action=answer&status=400&body={\"error\":\"invalid_grant\"}");
        assertThatThrownBy(() -> gus.refresh(tokens)).isInstanceOf(AuthorizationRequiredException.class);

        List<DeviceAuthorizationEvent> told = told("gus", 3);
        assertThat(told).element(2).isEqualTo(new RefreshRejected(DEFAULT, "gus", "invalid_grant"));
        assertThat(told.toString()).doesNotContain(secrets(flow, tokens));
    }

    @Test
    void eachPollThatFindsNoDecisionIsToldOnce() {
        DeviceAuthorization hal = client.forOwner("hal");
        PendingAuthorization flow = hal.start();
        int before = tokenRequests();
        Awaitility.await().atMost(PATIENCE).until(() -> hal.poll(flow) instanceof PollResult.Pending && of("hal").size() == 2);
        assertThat(hal.poll(flow)).as("a poll that the server is not asked for, usually")
                .isInstanceOf(PollResult.Pending.class);
        hal.cancel(flow);
        List<DeviceAuthorizationEvent> expected = new ArrayList<>(
                Collections.nCopies(tokenRequests() - before, new Pending(DEFAULT, "hal", flow.id())));
        expected.add(0, new Started(DEFAULT, "hal", flow.id(), flow.expiresAt()));
        expected.add(new Cancelled(DEFAULT, "hal", flow.id()));
        assertThat(told("hal", expected.size())).isEqualTo(expected);
    }

    /** So many have come to the server. */
    private int tokenRequests() {
        return new JsonObject(Http.get(server + "/dev/script").body()).getJsonObject("counters").getInteger("token_requests");
    }

    @Test
    void everyKindIsTestedHere() {
        assertThat(Stream.of(DeviceAuthorizationEvent.class, FlowEvent.class)
                .flatMap(type -> Arrays.stream(type.getPermittedSubclasses())).filter(Class::isRecord)
                .map(Class::getSimpleName))
                .containsExactlyInAnyOrder("Started", "Pending", "SlowedDown", "TransientFailure", "GaveUp", "Approved",
                        "Denied", "Expired", "Failed", "Cancelled", "Refreshed", "RefreshRejected", "SignedOut");
    }

    /** @return what observers of all four kinds were told about an owner, in the order in which those that wait heard of it */
    private List<DeviceAuthorizationEvent> told(String owner, int count) {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            List<DeviceAuthorizationEvent> told = of(owner);
            assertThat(told).hasSize(count);
            assertThat(told.get(0)).isInstanceOf(Started.class);
            for (Set<DeviceAuthorizationEvent> others : List.of(sync.byKind, async.all, async.byKind)) {
                assertThat(others.stream().filter(event -> event.owner().equals(owner)).collect(Collectors.toSet()))
                        .containsExactlyInAnyOrderElementsOf(Set.copyOf(told));
            }
        });
        assertThat(sync.ofFlows.stream().filter(event -> event.owner().equals(owner)))
                .containsExactlyElementsOf(of(owner).stream().filter(FlowEvent.class::isInstance).toList());
        assertThat(of(owner).stream().map(DeviceAuthorizationEvent::toString)).allSatisfy(text -> assertThat(text)
                .contains("owner=" + owner).doesNotContain("Secret"));
        return of(owner);
    }

    private List<DeviceAuthorizationEvent> of(String owner) {
        return sync.all.stream().filter(event -> event.owner().equals(owner)).toList();
    }

    private static String[] secrets(PendingAuthorization flow, Tokens... tokens) {
        return Stream.concat(Stream.of(flow.deviceCode().value(), flow.userCode()),
                Arrays.stream(tokens).flatMap(each -> Stream.of(each.accessToken(), each.refreshToken().orElseThrow(),
                        each.idToken().orElseThrow())).map(Secret::value))
                .toArray(String[]::new);
    }
}
