package io.quarkiverse.deviceauthorization.it.store;

import java.util.Arrays;
import java.util.stream.Collectors;

/** What a test reads: lines that are there as soon as they are written, also if this process ends in the next moment. */
final class Output {

    private Output() {
    }

    /** @param words what to tell; nothing of them may be a secret */
    static void line(Object... words) {
        String line = Arrays.stream(words).map(Object::toString).collect(Collectors.joining(" "));
        synchronized (Output.class) {
            System.out.println(line);
            System.out.flush();
        }
    }
}
