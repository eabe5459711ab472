package io.quarkiverse.deviceauthorization.docs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What stands on a page as an example, and is another one each time, with what it really was. */
final class Seen {

    private static final Pattern CHANGING = Pattern
            .compile("(localhost:)(\\d+)|()\\b([A-Z]{4}-[A-Z]{4})\\b|(\"id\":\")([^\"]+)");

    private final Map<String, String> real = new LinkedHashMap<>();

    void real(String example, String reality) {
        real.put(example, reality);
    }

    /** @return a command of the page, as it has to be now */
    String inCommand(String command) {
        String text = command;
        for (Map.Entry<String, String> known : real.entrySet()) {
            text = text.replace(known.getKey(), known.getValue());
        }
        return text;
    }

    /** @return whether a line is what the page shows; what changes is remembered then, and has to be the same from now on */
    boolean matches(String example, String line) {
        StringBuilder expected = new StringBuilder();
        Map<Integer, String> unknown = new LinkedHashMap<>();
        Matcher changing = CHANGING.matcher(example);
        int end = 0;
        int group = 0;
        while (changing.find()) {
            String prefix = first(changing.group(1), changing.group(3), changing.group(5));
            String value = first(changing.group(2), changing.group(4), changing.group(6));
            String key = prefix.startsWith("localhost") ? prefix + value : value;
            expected.append(Pattern.quote(example.substring(end, changing.start())));
            if (real.containsKey(key)) {
                expected.append(Pattern.quote(prefix.startsWith("localhost") ? real.get(key) : prefix + real.get(key)));
            } else if (prefix.startsWith("localhost")) {
                expected.append("(localhost:\\d+)");
                unknown.put(++group, key);
            } else {
                expected.append(Pattern.quote(prefix)).append(changing.group(4) != null ? "([A-Z]{4}-[A-Z]{4})" : "([\\w-]+)");
                unknown.put(++group, key);
            }
            end = changing.end();
        }
        expected.append(Pattern.quote(example.substring(end)));
        Matcher found = Pattern.compile(expected.toString()).matcher(line);
        if (!found.find()) {
            return false;
        }
        unknown.forEach((number, key) -> real.put(key, found.group(number)));
        return true;
    }

    private static String first(String... texts) {
        for (String text : texts) {
            if (text != null) {
                return text;
            }
        }
        throw new IllegalStateException();
    }
}
