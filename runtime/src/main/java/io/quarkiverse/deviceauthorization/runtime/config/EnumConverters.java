package io.quarkiverse.deviceauthorization.runtime.config;

import org.eclipse.microprofile.config.spi.Converter;

import io.quarkiverse.deviceauthorization.runtime.provider.Provider;

/**
 * Read the values of keys that have a few. A text that is none of them is read as if nobody had written it, since an exception
 * would end the start with the first one: {@link StartupCheck} tells of it with all else that is wrong, where it is set, and
 * what to write instead.
 */
final class EnumConverters {

    private EnumConverters() {
    }

    /** @param otherwise what is read where nothing is written, or null */
    private static <E extends Enum<E>> E read(String text, Class<E> type, E otherwise) {
        for (E value : type.getEnumConstants()) {
            if (ConfigValues.matches(text, value)) {
                return value;
            }
        }
        return otherwise;
    }

    /** {@code provider}. */
    public static final class OfProvider implements Converter<Provider> {

        private static final long serialVersionUID = 1L;

        @Override
        public Provider convert(String text) {
            return read(text, Provider.class, null);
        }
    }

    /** {@code credentials.method}. */
    public static final class OfMethod implements Converter<ClientSecretMethod> {

        private static final long serialVersionUID = 1L;

        @Override
        public ClientSecretMethod convert(String text) {
            return read(text, ClientSecretMethod.class, null);
        }
    }

    /** {@code tokens.store}. */
    public static final class OfStore implements Converter<StoreKind> {

        private static final long serialVersionUID = 1L;

        @Override
        public StoreKind convert(String text) {
            return read(text, StoreKind.class, null);
        }
    }

    /** {@code prompt}, which always has a value. */
    public static final class OfPrompt implements Converter<PromptKind> {

        private static final long serialVersionUID = 1L;

        @Override
        public PromptKind convert(String text) {
            return read(text, PromptKind.class, PromptKind.TERMINAL);
        }
    }
}
