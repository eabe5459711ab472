package io.quarkiverse.deviceauthorization.web.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.web.runtime.SignInPages;

@DisplayName("A native executable has what the sign-in page is made of,")
class NativeResourcesTest {

    private static final String PACKAGE = "io/quarkiverse/deviceauthorization/web/runtime/";

    private final List<String> patterns = new DeviceAuthorizationWebProcessor().resources().getIncludePatterns();

    @ParameterizedTest
    @DisplayName("its parts and its texts")
    @ValueSource(strings = { "page/page.html", "page/style.css", "page/script.js", "texts/en.properties",
            "texts/de.properties" })
    void own(String resource) {
        assertThat(SignInPages.class.getResource(resource)).isNotNull();
        assertThat(patterns).anyMatch((PACKAGE + resource)::matches);
    }

    @ParameterizedTest
    @DisplayName("and the texts that an application adds")
    @ValueSource(strings = { "META-INF/device-authorization-web/fr.properties" })
    void added(String resource) {
        assertThat(patterns).anyMatch(resource::matches);
    }
}
