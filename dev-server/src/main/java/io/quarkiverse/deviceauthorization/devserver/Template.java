package io.quarkiverse.deviceauthorization.devserver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A piece of HTML from a resource, in which <code>{{name}}</code> stands for a value. Text is escaped, {@link Html} is not. */
final class Template {

    /**
     * Markup that is safe as it is.
     *
     * @param markup made by a template
     */
    record Html(String markup) {
    }

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{(\\w+)}}");

    private final String name;
    private final String source;

    private Template(String name, String source) {
        this.name = name;
        this.source = source;
    }

    static Template load(String name) {
        return new Template(name, resource(name));
    }

    /** A file of the page, as text. */
    static String resource(String name) {
        try (InputStream resource = Template.class.getResourceAsStream("page/" + name)) {
            if (resource == null) {
                throw new IllegalStateException("The resource page/" + name + " is missing");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Html render(Map<String, Object> values) {
        return new Html(VARIABLE.matcher(source).replaceAll(variable -> {
            Object value = values.get(variable.group(1));
            if (value == null) {
                throw new IllegalStateException(name + " needs a value for " + variable.group(1));
            }
            return Matcher.quoteReplacement(value instanceof Html html ? html.markup() : escape(value.toString()));
        }));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'",
                "&#39;");
    }
}
