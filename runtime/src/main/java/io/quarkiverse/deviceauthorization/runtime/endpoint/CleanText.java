package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Text of a server, made safe for logs, terminals and messages: no control, escape, direction or invisible characters, one
 * line, and not endless.
 */
final class CleanText {

    private static final int MAX_LENGTH = 500;

    private CleanText() {
    }

    /** @return the text in one line of at most 500 characters */
    static String of(String text) {
        return of(text, MAX_LENGTH);
    }

    /** @return the text in one line of any length, which is not to be shown yet */
    static String uncut(String text) {
        return of(text, text.length());
    }

    private static String of(String text, int length) {
        return text.length() <= length && isAscii(text) && !text.contains("  ") && text.strip().length() == text.length() ? text
                : cleaned(text, length);
    }

    private static String cleaned(String text, int length) {
        StringBuilder clean = new StringBuilder(Math.min(text.length(), length));
        text.codePoints().limit(4L * length).forEach(character -> {
            if (clean.length() >= length) {
                return;
            }
            if (Character.isWhitespace(character)) {
                if (!clean.isEmpty() && clean.charAt(clean.length() - 1) != ' ') {
                    clean.append(' ');
                }
            } else if (isPlain(character)) {
                clean.appendCodePoint(character);
            }
        });
        return clean.toString().strip();
    }

    /** @return the text without what could harm, otherwise unchanged (RFC 8628 §6.1) */
    static String code(String text) {
        if (text.length() <= MAX_LENGTH && isAscii(text)) {
            return text;
        }
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().limit(MAX_LENGTH).filter(CleanText::isPlain).forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /** @return whether there is nothing in the text that could harm */
    static boolean isPlain(String text) {
        return isAscii(text) || text.codePoints().allMatch(CleanText::isPlain);
    }

    /** Whether there are only characters that can be printed, as in nearly everything that servers send. */
    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                    Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> true;
        };
    }

    /** @return members with their names and all of their texts cleaned */
    static Map<String, Object> members(Map<String, Object> members) {
        if (members.isEmpty()) {
            return Map.of();
        }
        Map<String, Object> clean = new LinkedHashMap<>();
        members.forEach((name, member) -> clean.put(of(name), deeply(member)));
        return Collections.unmodifiableMap(clean);
    }

    /** @return a JSON value with all of its texts cleaned; each keeps its lines, since some are meant for a person */
    static Object deeply(Object value) {
        if (value instanceof String text) {
            return text.lines().map(CleanText::of).collect(Collectors.joining("\n"));
        }
        if (value instanceof List<?> list) {
            return list.stream().map(CleanText::deeply).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> clean = new LinkedHashMap<>();
            map.forEach((name, member) -> clean.put(of(String.valueOf(name)), deeply(member)));
            return Collections.unmodifiableMap(clean);
        }
        return value;
    }
}
