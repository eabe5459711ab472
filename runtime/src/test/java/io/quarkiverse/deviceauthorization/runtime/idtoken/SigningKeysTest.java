package io.quarkiverse.deviceauthorization.runtime.idtoken;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import org.jose4j.jwk.JsonWebKey;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.runtime.VirtualTime;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

@DisplayName("The keys that ID tokens are signed with")
class SigningKeysTest {

    private final VirtualTime time = new VirtualTime();
    private final SigningKeys keys = new SigningKeys(time);
    private final List<UniEmitter<? super Map<String, Object>>> requests = new ArrayList<>();
    private final Supplier<Uni<Map<String, Object>>> server = () -> Uni.createFrom().emitter(requests::add);

    @Test
    @DisplayName("are read once for all who need them meanwhile")
    void shared() {
        UniAssertSubscriber<List<JsonWebKey>> prepares = ask();
        UniAssertSubscriber<List<JsonWebKey>> checks = ask();
        assertThat(requests).hasSize(1);
        requests.get(0).complete(set("one"));

        assertThat(prepares.getItem()).extracting(JsonWebKey::getKeyId).containsExactly("one");
        assertThat(checks.getItem()).isSameAs(prepares.getItem());
        assertThat(ask().getItem()).as("later").isSameAs(prepares.getItem());
        assertThat(requests).hasSize(1);
    }

    @Test
    @DisplayName("are asked for again when they could not be read")
    void again() {
        UniAssertSubscriber<List<JsonWebKey>> first = ask();
        requests.get(0).fail(new IllegalStateException("No answer"));
        first.assertFailedWith(IllegalStateException.class, "No answer");

        UniAssertSubscriber<List<JsonWebKey>> second = ask();
        requests.get(1).complete(set("one"));
        assertThat(second.getItem()).hasSize(1);
    }

    @Test
    @DisplayName("are read again after an hour, and stay for longer than that only when they can't be")
    void old() {
        ask();
        requests.get(0).complete(set("one"));
        time.advance(Duration.ofMinutes(59));
        assertThat(ids(ask())).containsExactly("one");
        assertThat(requests).hasSize(1);

        time.advance(Duration.ofMinutes(1));
        UniAssertSubscriber<List<JsonWebKey>> meanwhile = ask();
        requests.get(1).fail(new IllegalStateException("No answer"));
        assertThat(ids(meanwhile)).containsExactly("one");
        UniAssertSubscriber<List<JsonWebKey>> then = ask();
        requests.get(2).complete(set("two"));
        assertThat(ids(then)).as("the server has withdrawn the other").containsExactly("two");
    }

    @Test
    @DisplayName("are read again where the clock has been set back, since nobody knows how old they are")
    void clockSetBack() {
        ask();
        requests.get(0).complete(set("one"));
        time.setClockForward(Duration.ofDays(-1));

        ask().assertNotTerminated();
        assertThat(requests).hasSize(2);
    }

    @Test
    @DisplayName("are read once for all who miss a key at the same time, as many do when the server has changed them")
    void missedByMany() {
        ask();
        requests.get(0).complete(set("one"));
        time.advance(1);
        UniAssertSubscriber<Optional<List<JsonWebKey>>> first = askForNew(time.millis());
        UniAssertSubscriber<Optional<List<JsonWebKey>>> second = askForNew(time.millis());
        assertThat(requests).hasSize(2);
        requests.get(1).complete(set("two"));

        assertThat(first.getItem()).hasValueSatisfying(keys -> assertThat(keys).hasSize(1));
        assertThat(second.getItem()).isEqualTo(first.getItem());
        assertThat(keys.inMemory()).extracting(JsonWebKey::getKeyId).containsExactly("two");
    }

    @Test
    @DisplayName("that were read since somebody began to look for one are not read again for that")
    void readMeanwhile() {
        long begin = time.millis();
        time.advance(1);
        ask();
        requests.get(0).complete(set("one"));

        assertThat(askForNew(begin).getItem()).contains(keys.inMemory());
        assertThat(requests).hasSize(1);
    }

    @Test
    @DisplayName("are not asked for again and again by who sends unknown ones, and are after a while")
    void tooSoon() {
        ask();
        requests.get(0).complete(set("one"));
        time.advance(1);
        askForNew(time.millis());
        requests.get(1).complete(set("two"));
        time.advance(9);
        assertThat(askForNew(time.millis()).getItem()).isEmpty();
        time.advance(1);
        askForNew(time.millis()).assertNotTerminated();

        assertThat(requests).hasSize(3);
    }

    private static Map<String, Object> set(String id) {
        return Map.of("keys", List.of(Map.of("kty", "oct", "k", "c2lnbmluZy1rZXk", "kid", id)));
    }

    private static List<String> ids(UniAssertSubscriber<List<JsonWebKey>> asked) {
        return asked.getItem().stream().map(JsonWebKey::getKeyId).toList();
    }

    private UniAssertSubscriber<Optional<List<JsonWebKey>>> askForNew(long begin) {
        return keys.newKeys(server, begin).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    private UniAssertSubscriber<List<JsonWebKey>> ask() {
        return keys.keys(server).subscribe().withSubscriber(UniAssertSubscriber.create());
    }
}
