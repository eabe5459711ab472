package io.quarkiverse.deviceauthorization.it.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.stream.Collectors;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What this process did, line by line, each on the disk before anything else happens. */
@ApplicationScoped
public class NodeJournal {

    private final FileChannel file;

    NodeJournal(@ConfigProperty(name = "journal") Path journal) throws IOException {
        file = FileChannel.open(journal, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    /** @param words what happened; nothing of them may be a secret */
    synchronized void write(Object... words) {
        String line = Arrays.stream(words).map(Object::toString).collect(Collectors.joining(" "));
        try {
            file.write(ByteBuffer.wrap((micros() + " " + line + "\n").getBytes(StandardCharsets.UTF_8)));
            file.force(false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long micros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    @PreDestroy
    synchronized void close() throws IOException {
        file.close();
    }
}
