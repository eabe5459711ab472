package io.quarkiverse.deviceauthorization.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The name of a file")
class FileNamesTest {

    @ParameterizedTest
    @CsvSource({ "alice, alice", "user_1-x, user_1-x", "<default>, default~b4c89bd2e70ca62dab0fb5a8e94abe65",
            "Alice, alice~3bc51062973c458d5a6f2d8d64a02324",
            "alice@example.com, alice-example-com~ff8d9819fc0e12bf0d24892e45987e24",
            "../../etc/passwd, etc-passwd~", "con, con~", "com1, com1~", "., ~", "'', ~", "a.b, a-b~" })
    @DisplayName("is the owner's own where that is plain, and otherwise has its digest in it")
    void names(String name, String expected) {
        assertThat(FileNames.of(name)).startsWith(expected).matches("[a-z0-9_-]{1,40}|[a-z0-9_-]{0,24}~[0-9a-f]{32}");
        if (!expected.endsWith("~")) {
            assertThat(FileNames.of(name)).isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("is never that of another owner, also where capital letters are the same as small ones")
    void different() {
        List<String> hostile = List.of("alice", "Alice", "ALICE", "alice ", " alice", "alice\0", "alice\n", "alice/",
                "alice.json",
                "a".repeat(40), "a".repeat(41), "a".repeat(10_000), "b".repeat(10_000), "..", ".", "/", "\\", "\u00e9",
                "e\u0301", "?", "\uFFFD", "\ud800", "\ud801", "\ud880", "\u0600", "\udc00",
                "alice~3bc51062973c458d5a6f2d8d64a02324", "", "~",
                "nul",
                "\u212a", "k", "K", "locks", "tokens", "\u0131", "i", "I", "*", "a:b", "a|b");
        Set<String> names = new HashSet<>();
        Set<Long> hashes = new HashSet<>();
        for (String name : hostile) {
            assertThat(names.add(FileNames.of(name).toUpperCase(Locale.ROOT))).as(name).isTrue();
            assertThat(hashes.add(FileNames.hash(name))).as(name).isTrue();
            assertThat(FileNames.hash(name)).isBetween(0L, (1L << 62) - 1);
            assertThat(FileNames.of(name)).matches("[a-z0-9_-]{1,40}|[a-z0-9_-]{0,24}~[0-9a-f]{32}");
        }
    }
}
