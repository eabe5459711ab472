package io.quarkiverse.deviceauthorization.it.web;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** What Java records of virtual threads that wait while they are bound to their carriers. */
final class Pins {

    private static final String PINNED = "jdk.VirtualThreadPinned";
    private static final String OURS = "io.quarkiverse.deviceauthorization";

    private Pins() {
    }

    @FunctionalInterface
    interface Run {

        void run() throws InterruptedException;
    }

    /** @return each time that code of ours did so, while something ran; the record is left in that directory */
    static List<RecordedEvent> during(Path directory, Run run) throws IOException {
        Path file = directory.resolve("pinned.jfr");
        try (Recording recording = new Recording()) {
            recording.enable(PINNED).withThreshold(Duration.ZERO).withStackTrace();
            recording.start();
            run.run();
            recording.stop();
            recording.dump(file);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return RecordingFile.readAllEvents(file).stream()
                .filter(event -> event.getEventType().getName().equals(PINNED) && isOurs(event)).toList();
    }

    private static boolean isOurs(RecordedEvent event) {
        return event.getStackTrace() != null && event.getStackTrace().getFrames().stream()
                .anyMatch(frame -> frame.getMethod().getType().getName().startsWith(OURS));
    }
}
