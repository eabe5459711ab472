package io.quarkiverse.deviceauthorization.benchmarks.startup;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One start.
 *
 * @param millis from the start of the process to its line
 * @param cpuMillis the processor time until then
 * @param reportedMillis what Quarkus says itself, which is less: not a number for a program that says nothing
 */
record Sample(double millis, double cpuMillis, double reportedMillis) {

    private static final Pattern STARTED = Pattern.compile("started in ([0-9.]+)s\\.(?: Listening on: (http://\\S+))?");

    static double reported(String line) {
        Matcher started = STARTED.matcher(line);
        return started.find() ? Double.parseDouble(started.group(1)) * 1000 : Double.NaN;
    }

    static Optional<String> address(String line) {
        Matcher started = STARTED.matcher(line);
        return started.find() ? Optional.ofNullable(started.group(2)) : Optional.empty();
    }
}
