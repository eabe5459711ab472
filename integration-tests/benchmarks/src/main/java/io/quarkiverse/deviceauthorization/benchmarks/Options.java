package io.quarkiverse.deviceauthorization.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Options of a command line, {@code --name=value} each. */
record Options(Map<String, String> values) {

    static Options of(String... args) {
        return new Options(Arrays.stream(args).map(Options::split)
                .collect(Collectors.toMap(option -> option[0], option -> option[1], (first, second) -> second, TreeMap::new)));
    }

    private static String[] split(String option) {
        if (!option.matches("--[a-z-]+=.*")) {
            throw new IllegalArgumentException("Not an option: " + option);
        }
        return option.substring(2).split("=", 2);
    }

    String text(String name, String otherwise) {
        return values.getOrDefault(name, otherwise);
    }

    int number(String name, int otherwise) {
        return Integer.parseInt(text(name, "" + otherwise));
    }

    /** Given in seconds. */
    Duration seconds(String name, int otherwise) {
        return Duration.ofSeconds(number(name, otherwise));
    }
}
