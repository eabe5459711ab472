package io.quarkiverse.deviceauthorization.web.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A piece of HTML from a resource, in which <code>{{name}}</code> stands for a value, and <code>{{text.name}}</code> for a
 * text. All of them are escaped, but for markup that other templates have made.
 */
final class Template {

    /**
     * Markup that is safe as it is.
     *
     * @param markup made by a template
     */
    record Html(String markup) {

        static final Html NOTHING = new Html("");
    }

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{([a-z.-]+)}}");
    private static final String TEXT = "text.";

    private final String name;
    private final String source;

    private Template(String name, String source) {
        this.name = name;
        this.source = source;
    }

    static Template load(String name) {
        return new Template(name, resource(name));
    }

    /** @return a file of the page */
    static String resource(String name) {
        try (InputStream file = Template.class.getResourceAsStream("page/" + name)) {
            if (file == null) {
                throw new IllegalStateException("The resource page/" + name + " is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Html render(Texts texts, Map<String, Object> values) {
        StringBuilder html = new StringBuilder(source.length() * 2);
        Matcher variables = VARIABLE.matcher(source);
        while (variables.find()) {
            variables.appendReplacement(html, "");
            html.append(value(variables.group(1), texts, values));
        }
        return new Html(variables.appendTail(html).toString());
    }

    private String value(String variable, Texts texts, Map<String, Object> values) {
        if (variable.startsWith(TEXT)) {
            return escape(texts.get(variable.substring(TEXT.length())));
        }
        Object value = values.get(variable);
        if (value == null) {
            throw new IllegalStateException(name + " needs a value for " + variable);
        }
        return value instanceof Html html ? html.markup() : escape(value.toString());
    }

    static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'",
                "&#39;");
    }
}
