package io.quarkiverse.deviceauthorization.web.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a page says, in one language. An application adds languages, or changes texts, by files of its own:
 * {@code META-INF/device-authorization-web/fr.properties}.
 */
final class Texts {

    private static final String OWN = "io/quarkiverse/deviceauthorization/web/runtime/texts/";
    private static final String OF_APPLICATION = "META-INF/device-authorization-web/";
    private static final String FALLBACK = "en";
    private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());

    private final String language;
    private final Properties texts;

    private Texts(String language, Properties texts) {
        this.language = language;
        this.texts = texts;
    }

    String language() {
        return language;
    }

    String get(String key) {
        String text = texts.getProperty(key);
        if (text == null) {
            throw new IllegalStateException("There is no text " + key + " in language " + language);
        }
        return text;
    }

    /** @param value what stands for <code>{0}</code> */
    String get(String key, Object value) {
        return get(key).replace("{0}", value.toString());
    }

    /** The languages that there are, each read when somebody first asks for it. */
    static final class Languages {

        private final Optional<String> fixed;
        private final Map<String, Optional<Texts>> known = new ConcurrentHashMap<>();

        /** @param fixed the language of everybody, whatever browsers ask for */
        Languages(Optional<String> fixed) {
            this.fixed = fixed;
        }

        /** @param acceptLanguage what the browser says, or null */
        Texts preferred(String acceptLanguage) {
            return fixed.flatMap(this::find).or(() -> first(acceptLanguage)).or(() -> find(FALLBACK)).orElseThrow();
        }

        private Optional<Texts> first(String acceptLanguage) {
            if (acceptLanguage == null) {
                return Optional.empty();
            }
            try {
                return LanguageRange.parse(acceptLanguage).stream().filter(range -> range.getWeight() > 0)
                        .map(range -> find(range.getRange())).flatMap(Optional::stream).findFirst();
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }

        /** Only names of languages are ever remembered, or looked for as files. */
        private Optional<Texts> find(String tag) {
            String language = tag.split("[-_]", 2)[0].toLowerCase(Locale.ROOT);
            return LANGUAGES.contains(language) ? known.computeIfAbsent(language, Languages::load) : Optional.empty();
        }

        @SuppressWarnings("ShortCircuitBoolean") // both are read, if they are there
        private static Optional<Texts> load(String language) {
            Properties texts = new Properties();
            boolean there = read(OWN + language, texts) | read(OF_APPLICATION + language, texts);
            if (!there) {
                return Optional.empty();
            }
            Properties all = new Properties();
            read(OWN + FALLBACK, all);
            all.putAll(texts);
            return Optional.of(new Texts(language, all));
        }

        private static boolean read(String name, Properties into) {
            try (InputStream file = Thread.currentThread().getContextClassLoader().getResourceAsStream(name + ".properties")) {
                if (file == null) {
                    return false;
                }
                try (Reader reader = new InputStreamReader(file, StandardCharsets.UTF_8)) {
                    into.load(reader);
                    return true;
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
