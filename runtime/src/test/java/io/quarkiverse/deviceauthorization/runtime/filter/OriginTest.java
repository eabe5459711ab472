package io.quarkiverse.deviceauthorization.runtime.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.vertx.core.http.RequestOptions;

@DisplayName("The origin of a request")
class OriginTest {

    @ParameterizedTest
    @DisplayName("is its scheme, host and port, however they are written")
    @CsvSource({ "https://api.example.com/a?b#c, https://api.example.com",
            "HTTPS://API.example.com:443, https://api.example.com",
            "http://api.example.com:80/, http://api.example.com", "http://api.example.com:443/, http://api.example.com:443",
            "http://user:secret@api.example.com:8080/a@b, http://api.example.com:8080",
            "http://[::1]:8080/a, http://[::1]:8080",
            "http://[::1]/a:b, http://[::1]", "http://my_service:8080/a, http://my_service:8080",
            "https://api.example.com:/a, https://api.example.com",
            "https://api.example.com?a=http://x:1, https://api.example.com" })
    void parsed(URI address, String origin) {
        assertThat(Origin.of(address)).hasToString(origin);
        assertThat(Origin.of(address).uri()).hasToString(origin);
        assertThat(Origin.of(Origin.of(address).uri())).isEqualTo(Origin.of(address));
    }

    @Test
    @DisplayName("is another one when any of them differs, or is not said")
    void next() {
        Origin here = Origin.of(URI.create("https://api.example.com/a"));
        RequestOptions next = new RequestOptions().setSsl(true).setHost("API.example.com").setPort(443);
        assertThat(Origin.of(next)).isEqualTo(here);
        assertThat(Origin.of(new RequestOptions(next).setSsl(false))).isNotEqualTo(here);
        assertThat(Origin.of(new RequestOptions(next).setHost("api.example.org"))).isNotEqualTo(here);
        assertThat(Origin.of(new RequestOptions(next).setPort(8443))).isNotEqualTo(here);
        assertThat(Origin.of(new RequestOptions())).isNotEqualTo(here);
    }

    @ParameterizedTest
    @DisplayName("has addresses, whether their paths are encoded or not")
    @CsvSource({ "/a?b=c, /a", "/a%20b?c, /a%20b", "/a b?c d, /a%20b", "/ü#x, /ü" })
    void addresses(String path, String encoded) {
        assertThat(Origin.of(URI.create("http://localhost:81/x")).uri(path)).hasToString("http://localhost:81" + encoded);
    }
}
