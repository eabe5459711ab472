package io.quarkiverse.deviceauthorization.web.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.deployment.nativeimage.ResourceFolder;
import io.quarkiverse.deviceauthorization.web.runtime.SignInPages;

@DisplayName("A native executable has what the sign-in page is made of,")
class NativeResourcesTest {

    private static final String PACKAGE = "io/quarkiverse/deviceauthorization/web/runtime";

    private final List<String> patterns = new DeviceAuthorizationWebProcessor().resources().getIncludePatterns();

    @Test
    @DisplayName("all its parts and texts")
    void own() throws IOException, URISyntaxException {
        assertThat(ResourceFolder.files(SignInPages.class, PACKAGE))
                .contains(PACKAGE + "/page/page.html", PACKAGE + "/texts/de.properties").allMatch(this::isIncluded);
    }

    @Test
    @DisplayName("and the texts that an application adds")
    void added() {
        assertThat("META-INF/device-authorization-web/fr.properties").matches(this::isIncluded);
    }

    private boolean isIncluded(String resource) {
        return patterns.stream().anyMatch(resource::matches);
    }
}
