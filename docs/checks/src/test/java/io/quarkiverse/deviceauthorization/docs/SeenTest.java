package io.quarkiverse.deviceauthorization.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a page shows as an example")
class SeenTest {

    private final Seen seen = new Seen();

    @Test
    @DisplayName("is another one in reality, and remembered for the commands that follow")
    void isRemembered() {
        assertThat(seen.matches("    http://localhost:41235/activate", "    http://localhost:8180/activate")).isTrue();
        assertThat(seen.matches("{\"id\":\"7hkp\",\"userCode\":\"WDJB-MJHT\"}", "{\"id\":\"x1-y\",\"userCode\":\"AAAA-BBBB\"}"))
                .isTrue();

        assertThat(seen.inCommand("curl http://localhost:41235/dev/script 7hkp WDJB-MJHT"))
                .isEqualTo("curl http://localhost:8180/dev/script x1-y AAAA-BBBB");
    }

    @Test
    @DisplayName("is found by what it looks like")
    void isFound() {
        assertThat(seen.matches("WDJB-MJHT", "or-else AAAA-BBBB")).isTrue();
        assertThat(seen.inCommand("WDJB-MJHT")).isEqualTo("AAAA-BBBB");
    }

    @Test
    @DisplayName("stays what it was")
    void staysTheSame() {
        assertThat(seen.matches("code WDJB-MJHT", "code AAAA-BBBB")).isTrue();
        assertThat(seen.matches("again WDJB-MJHT", "again AAAA-BBBB")).isTrue();
        assertThat(seen.matches("again WDJB-MJHT", "again CCCC-DDDD")).isFalse();
    }

    @Test
    @DisplayName("is taken to the letter otherwise")
    void isTakenToTheLetter() {
        assertThat(seen.matches("Enter this code:", "and Enter this code: now")).isTrue();
        assertThat(seen.matches("Enter this code:", "enter this code:")).isFalse();
        assertThat(seen.matches("(a.b)", "(aXb)")).isFalse();
    }
}
