package io.quarkiverse.deviceauthorization.store.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.StoredTokens;

/** What the engine relies on where tokens are stored. */
abstract class TokensContract extends HandOverContract {

    @Test
    @DisplayName("An empty store has no tokens and no owner")
    void noTokens() {
        for (AuthorizationStore reader : everybody()) {
            assertThat(done(reader.findTokens("tv", "family"))).isEmpty();
            assertThat(done(reader.findOwners("tv"))).isEmpty();
        }
    }

    @Test
    @DisplayName("Tokens are read as they were written, with every part, by every process and after a restart")
    void wholeTokens() {
        put("full", Samples.fullTokens(1));
        put("bare", Samples.bareTokens(2));
        put("long", Samples.longTokens(3));

        for (AuthorizationStore reader : everybody()) {
            assertThat(done(reader.findTokens("tv", "full"))).contains(Samples.fullTokens(1));
            assertThat(done(reader.findTokens("tv", "bare"))).contains(Samples.bareTokens(2));
            assertThat(done(reader.findTokens("tv", "long"))).contains(Samples.longTokens(3));
        }
    }

    @Test
    @DisplayName("Tokens replace all that was there before")
    void wholeReplacement() {
        put("family", Samples.fullTokens(1));

        assertThat(replace("family", 1, Samples.bareTokens(2))).isTrue();
        for (AuthorizationStore reader : everybody()) {
            assertThat(done(reader.findTokens("tv", "family"))).contains(Samples.bareTokens(2));
        }
    }

    @Test
    @DisplayName("Tokens are replaced only by who knows their version")
    void tokensVersion() {
        StoredTokens tokens = Samples.tokens("one", 7);
        StoredTokens next = Samples.tokens("two", 8);

        assertThat(replace("family", 7, tokens)).as("nothing is there to replace").isFalse();
        assertThat(tokens("family")).isEmpty();
        put("family", tokens);
        for (long wrong : new long[] { 0, 1, 6, 8, -7, Long.MAX_VALUE }) {
            assertThat(done(second.replaceTokens("tv", "family", wrong, Optional.of(next)))).as("expected version %d", wrong)
                    .isFalse();
            assertThat(done(second.replaceTokens("tv", "family", wrong, Optional.empty())))
                    .as("forget with expected version %d", wrong).isFalse();
        }
        assertThat(tokens("family")).as("what is stored after all who were wrong").contains(tokens);
        assertThat(done(second.replaceTokens("tv", "family", 7, Optional.of(next)))).isTrue();
        assertThat(tokens("family")).contains(next);
        assertThat(replace("family", 7, tokens)).as("the same again").isFalse();
    }

    @Test
    @DisplayName("Versions are told apart up to the largest number, also where others count in fractions")
    void largeVersions() {
        long beyondFractions = 1L << 53;
        put("family", Samples.tokens("one", beyondFractions + 1));
        assertThat(replace("family", beyondFractions, Samples.tokens("two", 2))).as("one less than what is stored").isFalse();
        assertThat(replace("family", beyondFractions + 1, Samples.tokens("three", Long.MAX_VALUE - 1))).isTrue();
        assertThat(replace("family", Long.MAX_VALUE, Samples.tokens("four", 4))).as("one more than what is stored").isFalse();
        assertThat(replace("family", Long.MAX_VALUE - 1, Samples.tokens("five", Long.MAX_VALUE))).isTrue();

        for (AuthorizationStore reader : everybody()) {
            assertThat(done(reader.findTokens("tv", "family"))).contains(Samples.tokens("five", Long.MAX_VALUE));
        }
        assertThat(replace("family", Long.MAX_VALUE, Samples.tokens("six", 1))).as("a smaller version may follow").isTrue();
    }

    @Test
    @DisplayName("Forgotten tokens are gone for everybody, and new ones can be stored")
    void forgotten() {
        put("family", Samples.tokens("one", 7));

        assertThat(done(second.replaceTokens("tv", "family", 7, Optional.empty()))).isTrue();
        for (AuthorizationStore reader : everybody()) {
            assertThat(done(reader.findTokens("tv", "family"))).isEmpty();
            assertThat(done(reader.findOwners("tv"))).isEmpty();
        }
        assertThat(replace("family", 7, Samples.tokens("two", 8))).as("the version before it was forgotten").isFalse();
        put("family", Samples.tokens("three", 9));
        assertThat(tokens("family")).contains(Samples.tokens("three", 9));
    }

    @Test
    @DisplayName("Forgetting what isn't there is done, and makes no owner")
    void nothingToForget() {
        assertThat(done(store.replaceTokens("tv", "family", 0, Optional.empty()))).isTrue();
        assertThat(done(store.findOwners("tv"))).isEmpty();
        assertThat(done(store.replaceTokens("tv", "family", 1, Optional.empty()))).isFalse();
    }

    @Test
    @DisplayName("Of many who replace tokens at the same time, one does it, and the others change nothing")
    void tokensRace() throws Exception {
        for (long version = 0; version < 10; version++) {
            long expected = version;
            List<Boolean> done = together(THREADS, i -> () -> done((i % 2 == 0 ? store : second).replaceTokens("tv", "family",
                    expected, Optional.of(Samples.tokens(expected + "-" + i, expected + 1)))));

            assertThat(done).as("who replaced version %d", version).containsOnlyOnce(true);
            for (AuthorizationStore reader : everybody()) {
                assertThat(done(reader.findTokens("tv", "family"))).as("what the winner wrote")
                        .contains(Samples.tokens(expected + "-" + done.indexOf(true), expected + 1));
            }
        }
    }

    @Test
    @DisplayName("No replacement is lost when many read, replace and try again")
    void noLostUpdate() throws Exception {
        put("family", Samples.tokens("0", 1));
        int each = 10;
        together(4, i -> () -> {
            AuthorizationStore mine = i % 2 == 0 ? store : second;
            for (int replaced = 0; replaced < each;) {
                long version = done(mine.findTokens("tv", "family")).orElseThrow().version();
                boolean done = done(mine.replaceTokens("tv", "family", version,
                        Optional.of(Samples.tokens("" + version, version + 1))));
                replaced += done ? 1 : 0;
            }
            return null;
        });

        assertThat(tokens("family").orElseThrow().version()).as("one version for each replacement").isEqualTo(4L * each + 1);
    }

    @Test
    @DisplayName("Who reads while others write gets what one of them wrote, whole")
    void noHalfWrites() throws Exception {
        put("family", Samples.longTokens(1));
        AtomicBoolean writing = new AtomicBoolean(true);
        Set<StoredTokens> strange = new HashSet<>();
        together(2, i -> () -> {
            if (i == 0) {
                try {
                    for (long version = 1; version < 30; version++) {
                        replace("family", version,
                                version % 2 == 0 ? Samples.longTokens(version + 1) : Samples.fullTokens(version + 1));
                    }
                } finally {
                    writing.set(false);
                }
            }
            while (writing.get()) {
                done(second.findTokens("tv", "family")).filter(found -> !found.equals(found.version() % 2 == 0
                        ? Samples.fullTokens(found.version())
                        : Samples.longTokens(found.version()))).ifPresent(strange::add);
            }
            return null;
        });

        assertThat(strange).as("what nobody wrote").isEmpty();
        assertThat(tokens("family")).contains(Samples.fullTokens(30));
    }

    @Test
    @DisplayName("Owners and clients don't meet, however much their names look like each other or like something else")
    void names() {
        for (String name : Samples.names()) {
            put(name, Samples.tokens(name, 1));
            assertThat(done(store.replaceTokens(name, "family", 0, Optional.of(Samples.tokens("client " + name, 1))))).isTrue();
        }

        for (AuthorizationStore reader : everybody()) {
            assertThat(Samples.names()).allSatisfy(name -> {
                assertThat(done(reader.findTokens("tv", name))).contains(Samples.tokens(name, 1));
                assertThat(done(reader.findTokens(name, "family"))).contains(Samples.tokens("client " + name, 1));
                assertThat(done(reader.findOwners(name))).containsExactly("family");
            });
            assertThat(done(reader.findOwners("tv"))).containsExactlyInAnyOrderElementsOf(Samples.names());
        }
    }

    @Test
    @DisplayName("An owner of one client is not taken for one of another whose name has a part of it")
    void confusableNames() {
        for (List<String> pair : Samples.confusable()) {
            assertThat(done(store.replaceTokens(pair.get(0), pair.get(1), 0, Optional.of(Samples.tokens("" + pair, 1)))))
                    .as("the first tokens of %s", pair).isTrue();
        }

        assertThat(Samples.confusable()).allSatisfy(pair -> {
            assertThat(done(second.findTokens(pair.get(0), pair.get(1)))).contains(Samples.tokens("" + pair, 1));
            assertThat(done(second.findOwners(pair.get(0)))).contains(pair.get(1)).allSatisfy(
                    owner -> assertThat(Samples.confusable()).contains(List.of(pair.get(0), owner)));
        });
    }

    @Test
    @DisplayName("A name that is no text of any encoding is refused, or is nobody else's")
    void noText() {
        for (String name : List.of("?", "\ufffd", "\ud83d", "\ude42")) {
            try {
                assertThat(replace(name, 0, Samples.tokens(name.length() + "-" + (int) name.charAt(0), 1)))
                        .as("the first tokens of an owner").isTrue();
            } catch (AuthorizationStoreException refused) {
                assertThat(name).as("a text that was refused: %s", refused.getMessage()).matches("[\\ud800-\\udfff]");
            }
        }
        assertThat(done(second.findTokens("tv", "?")).orElseThrow().tokens().accessToken().value()).isEqualTo("access-1-63");
    }

    @Test
    @DisplayName("The owners of a client are those that have tokens of it now")
    void owners() {
        put("one", Samples.tokens("one", 1));
        put("two", Samples.tokens("two", 1));
        done(store.replaceTokens("radio", "three", 0, Optional.of(Samples.tokens("three", 1))));
        done(store.replaceFlow(0, Samples.flow("tv", "four", "id", clock.instant(), 1)));
        done(store.replaceTokens("tv", "two", 1, Optional.empty()));
        replace("five", 3, Samples.tokens("five", 4));

        for (AuthorizationStore reader : everybody()) {
            assertThat(done(reader.findOwners("tv"))).containsExactly("one");
            assertThat(done(reader.findOwners("radio"))).containsExactly("three");
        }
    }
}
