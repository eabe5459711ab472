package io.quarkiverse.deviceauthorization.runtime.idtoken;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jose4j.jwk.JsonWebKey;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

@DisplayName("The keys that ID tokens are signed with")
class SigningKeysTest {

    private static final Map<String, Object> SET = Map.of("keys",
            List.of(Map.of("kty", "oct", "k", "c2lnbmluZy1rZXk", "kid", "one")));

    private final SigningKeys keys = new SigningKeys(Clock.systemUTC());
    private final List<UniEmitter<? super Map<String, Object>>> requests = new ArrayList<>();
    private final Supplier<Uni<Map<String, Object>>> server = () -> Uni.createFrom().emitter(requests::add);

    @Test
    @DisplayName("are read once for all who need them meanwhile")
    void shared() {
        UniAssertSubscriber<List<JsonWebKey>> prepares = ask();
        UniAssertSubscriber<List<JsonWebKey>> checks = ask();
        assertThat(requests).hasSize(1);
        requests.get(0).complete(SET);

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
        requests.get(1).complete(SET);
        assertThat(second.getItem()).hasSize(1);
    }

    private UniAssertSubscriber<List<JsonWebKey>> ask() {
        return keys.keys(server).subscribe().withSubscriber(UniAssertSubscriber.create());
    }
}
