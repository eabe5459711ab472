package io.quarkiverse.deviceauthorization.docs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What a process says, line by line. */
final class Output {

    private static final String END = new String("end");

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> read = Collections.synchronizedList(new ArrayList<>());
    private Thread reader;

    /** @return the output of a process, read by a thread of its own until the process ends */
    static Output of(Process process) {
        Output output = new Output();
        output.reader = new Thread(() -> output.read(process), "output");
        output.reader.setDaemon(true);
        output.reader.start();
        return output;
    }

    /** Waits until everything has been read that an ended process has said. */
    void awaitEnd() {
        try {
            reader.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read(Process process) {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line.replaceAll("\u001B\\[[0-9;?]*[A-Za-z]", ""));
            }
        } catch (IOException e) {
            lines.add("(the output could not be read: " + e.getMessage() + ")");
        } finally {
            lines.add(END);
        }
    }

    /**
     * Waits until these lines have come, in this order, whatever comes between them.
     *
     * @throws IllegalStateException if they don't come in time, or the process ends without them
     */
    void await(List<String> expected, Seen seen, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        for (String example : expected) {
            String line = next(end, example);
            while (!seen.matches(example, line)) {
                line = next(end, example);
            }
        }
    }

    private String next(long end, String example) {
        try {
            String line = lines.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (line == null || line == END) {
                throw new IllegalStateException("Did not say: " + example + "\n" + all());
            }
            read.add(line);
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** @return all that it has said */
    String all() {
        List<String> all = new ArrayList<>(read);
        lines.stream().filter(line -> line != END).forEach(all::add);
        return String.join("\n", all);
    }
}
