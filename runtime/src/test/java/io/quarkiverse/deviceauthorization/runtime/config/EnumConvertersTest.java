package io.quarkiverse.deviceauthorization.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import org.eclipse.microprofile.config.spi.Converter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.runtime.provider.Provider;

@DisplayName("A key that has a few values")
class EnumConvertersTest {

    static Stream<Converter<?>> all() {
        return Stream.of(new EnumConverters.OfProvider(), new EnumConverters.OfMethod(), new EnumConverters.OfStore(),
                new EnumConverters.OfPrompt());
    }

    @ParameterizedTest
    @ValueSource(strings = { "post-jwt", "POST_JWT", "post_jwt", "Post-Jwt" })
    @DisplayName("is read in each spelling that the check of the configuration knows")
    void spellings(String text) {
        assertThat(new EnumConverters.OfMethod().convert(text)).isEqualTo(ClientSecretMethod.POST_JWT);
        assertThat(Written.forDefault().with("credentials.secret", "s3cret-of-thirty-two-characters!")
                .with("credentials.method", text).wrong(true)).noneMatch(problem -> problem.contains("credentials.method"));
    }

    @Test
    @DisplayName("is read as each of its values")
    void values() {
        assertThat(Provider.values())
                .allMatch(provider -> new EnumConverters.OfProvider().convert(ConfigValues.spelling(provider)) == provider);
    }

    @ParameterizedTest
    @MethodSource("all")
    @DisplayName("is as if it were not written where it has another one, which the check of the configuration tells of")
    void unknown(Converter<?> converter) {
        assertThat(converter.convert("other"))
                .isEqualTo(converter instanceof EnumConverters.OfPrompt ? PromptKind.TERMINAL : null);
    }
}
