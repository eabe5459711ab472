package io.quarkiverse.deviceauthorization.web.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.web.runtime.PageWriter.Place;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

@DisplayName("A page")
class PageWriterTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final SmallRyeConfig config = new SmallRyeConfigBuilder().withMapping(DeviceAuthorizationWebConfig.class)
            .withConverter(Duration.class, 200, new DurationConverter())
            .withDefaultValue("quarkus.device-authorization-web.link-verification-uri", "true").build();
    private final PageWriter writer = new PageWriter(config.getConfigMapping(DeviceAuthorizationWebConfig.class),
            Clock.fixed(NOW, ZoneOffset.UTC));
    private final Place place = new Place(new Texts.Languages(Optional.empty()).preferred("en"), "sign-in", 1, "form-token");

    @Test
    @DisplayName("shows as text whatever the server sends")
    void hostile() {
        String html = writer.page(View.of(State.WAITING, flow("<script>\"'&", "https://example.com/a'\"".replace("\"", "%22"))),
                place);

        assertThat(html).contains("&lt;script&gt;&quot;&#39;&amp;").contains("https://example.com/a&#39;%22")
                .doesNotContain("<script>\"").doesNotContain("a'%22");
    }

    @Test
    @DisplayName("leaves text alone that looks like a part of a template")
    void braces() {
        assertThat(writer.page(View.of(State.WAITING, flow("{{cancel}} $1 \\", "https://example.com/$0")), place))
                .contains("{{cancel}} $1 \\").contains("https://example.com/$0");
    }

    @Test
    @DisplayName("does without a QR code where the address is too long for one")
    void longAddress() {
        String html = writer.page(View.of(State.WAITING, flow("CODE", "https://example.com/" + "a".repeat(3000))), place);

        assertThat(html).contains("CODE").doesNotContain("<svg");
    }

    @Test
    @DisplayName("tells minutes, and in the end seconds")
    void left() {
        assertThat(writer.page(View.of(State.WAITING, flow("CODE", "https://example.com/")), place))
                .contains("data-seconds=\"300\">5 minutes<");
        PageWriter late = new PageWriter(config.getConfigMapping(DeviceAuthorizationWebConfig.class),
                Clock.fixed(NOW.plusSeconds(260), ZoneOffset.UTC));
        assertThat(late.page(View.of(State.WAITING, flow("CODE", "https://example.com/")), place))
                .contains("data-seconds=\"40\">40 seconds<");
    }

    private static PendingAuthorization flow(String userCode, String uri) {
        return new PendingAuthorization("<default>", "default", "id", userCode, URI.create(uri), Optional.empty(),
                NOW.plusSeconds(300), Duration.ofSeconds(5), Secret.of("device-code"), Map.of());
    }
}
