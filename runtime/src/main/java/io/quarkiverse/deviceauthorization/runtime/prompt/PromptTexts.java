package io.quarkiverse.deviceauthorization.runtime.prompt;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

import org.jboss.logging.Logger;

/**
 * The words of prompts in one language. Those in English are here; others are read from {@link #BASE}, a language and
 * {@code .properties}, in UTF-8, as far as somebody needs them: to look for them takes longer than to write a prompt.
 */
final class PromptTexts {

    /** What the names of such files begin with. */
    static final String BASE = "META-INF/device-authorization/prompt_";

    private static final Logger LOG = Logger.getLogger(PromptTexts.class);
    private static final PromptTexts ENGLISH = new PromptTexts(new Properties());

    /** The words that there are. Their names in lower case, with dashes, are the keys in files. */
    enum Text {
        OPEN("To sign in, open this page on any device:"),
        ENTER("and enter this code:"),
        COMPLETE("Or open this page, and check that it shows the same code:"),
        SCAN("To sign in, scan this with a phone, and check that it shows the code below:"),
        SCAN_AND_ENTER("To sign in, scan this with a phone, and enter the code below:"),
        OPEN_AND_ENTER("Or open this page, and enter the code:"),
        WARNING("Only go on if you started this sign-in yourself, just now."),
        LEFT("{0} left"),
        WAITING("Waiting for your approval"),
        SLOWED_DOWN("Waiting, asking every {0} s"),
        RETRYING("Connection lost, retrying"),
        APPROVED("Approved: you are signed in"),
        DENIED("The sign-in was denied"),
        EXPIRED("The code has expired"),
        CANCELLED("The sign-in was cancelled"),
        FAILED("The sign-in has failed"),
        GAVE_UP("Connection lost, no longer trying"),
        QR_NO_TERMINAL("(No QR code: standard error is no terminal that could show one.)"),
        QR_CHARSET("(No QR code: it takes UTF-8, and the terminal is set to {0}. Try LC_ALL=C.UTF-8.)"),
        QR_TOO_SMALL("(No QR code: it takes {0} columns and {1} lines, and the terminal has {2} and {3}. Enlarge it.)"),
        QR_TOO_LONG("(No QR code: the address is too long for one.)");

        private final String english;
        private final String key;

        Text(String english) {
            this.english = english;
            this.key = name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /** @return what it is called in files */
        String key() {
            return key;
        }
    }

    private final Properties translated;

    private PromptTexts(Properties translated) {
        this.translated = translated;
    }

    /**
     * @param locale the language, perhaps with a country
     * @param charset what the words will be written in: English is what each can write
     * @return the words in that language, or those in English
     */
    static PromptTexts of(Locale locale, Charset charset) {
        if (locale.getLanguage().equals(Locale.ENGLISH.getLanguage()) || locale.getLanguage().isEmpty()) {
            return ENGLISH;
        }
        Properties found = new Properties();
        for (String name : List.of(locale.getLanguage(), locale.getLanguage() + "_" + locale.getCountry())) {
            read(BASE + name + ".properties", found);
        }
        CharsetEncoder encoder = charset.canEncode() ? charset.newEncoder() : StandardCharsets.US_ASCII.newEncoder();
        for (Object text : found.values()) {
            if (!encoder.canEncode((String) text)) {
                return ENGLISH;
            }
        }
        return new PromptTexts(found);
    }

    private static void read(String file, Properties into) {
        ClassLoader application = Thread.currentThread().getContextClassLoader();
        ClassLoader loader = application != null ? application : PromptTexts.class.getClassLoader();
        try (InputStream stream = loader.getResourceAsStream(file)) {
            if (stream != null) {
                Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8);
                into.load(reader);
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.warnf("The words of prompts in %s can't be read, and are in English: %s", file, e.getMessage());
        }
    }

    String get(Text text) {
        return translated.getProperty(text.key, text.english);
    }

    /** @param values what stands in place of {0}, {1} and so on */
    String get(Text text, Object... values) {
        String filled = get(text);
        for (int i = 0; i < values.length; i++) {
            filled = filled.replace("{" + i + "}", String.valueOf(values[i]));
        }
        return filled;
    }

    /** @return what a flow is doing */
    String of(FlowStatus status) {
        Text text = Text.valueOf(status.state().name());
        return status.interval() == null ? get(text) : get(text, status.interval().toSeconds());
    }
}
