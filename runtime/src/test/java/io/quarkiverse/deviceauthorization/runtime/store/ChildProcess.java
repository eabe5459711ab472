package io.quarkiverse.deviceauthorization.runtime.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.store.StoredTokens;

/** Another process with a store in the same directory. */
final class ChildProcess implements AutoCloseable {

    private static final StoredJson PLAIN = new StoredJson(Optional.empty());

    private final Process process;
    private final BufferedReader out;

    private ChildProcess(Process process) {
        this.process = process;
        this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static ChildProcess start(Path directory, String task) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ChildProcess(new ProcessBuilder(java.toString(), "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), ChildProcess.class.getName(), directory.toString(), task)
                .redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    /** @return the next line that it writes; null when it has ended */
    String line() throws IOException {
        return out.readLine();
    }

    int exitCode() throws InterruptedException {
        return process.waitFor(180, TimeUnit.SECONDS) ? process.exitValue() : -1;
    }

    /** Ends it as {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly(); // and not by the process itself, which would throw away what it has said
        process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    public static void main(String[] arguments) throws Exception {
        StoreFiles store = new StoreFiles(Path.of(arguments[0]), Clock.systemUTC());
        switch (arguments[1]) {
            case "lease" -> {
                System.out.println(store.leaseRefresh("tv", "alice").isPresent() ? "held" : "refused");
                System.in.read(); // until it is killed, or whoever started it ends
            }
            case "count" -> count(store);
            case "write" -> write(store);
            default -> throw new IllegalArgumentException(arguments[1]);
        }
    }

    /** Adds one to a number that is stored as an access token, many times, as often as it takes. */
    private static void count(StoreFiles store) {
        for (int done = 0; done < ProcessesTest.COUNTS;) {
            StoredTokens found = store.findTokens(PLAIN, "tv", "alice").orElseThrow();
            long next = Long.parseLong(found.tokens().accessToken().value()) + 1;
            if (store.replaceTokens(PLAIN, "tv", "alice", found.version(),
                    Optional.of(counted(next, found.version() + 1)))) {
                done++;
            }
        }
    }

    static StoredTokens counted(long number, long version) {
        StoredTokens sample = Samples.tokens("x", version);
        return new StoredTokens(new io.quarkiverse.deviceauthorization.Tokens(Secret.of(Long.toString(number)), "Bearer",
                sample.tokens().refreshToken(), Optional.empty(), Optional.empty(), sample.tokens().scopes(),
                sample.tokens().parameters()), version);
    }

    /** Writes newer tokens without end, and says each version once it is stored. */
    private static void write(StoreFiles store) {
        while (true) {
            long version = store.findTokens(PLAIN, "tv", "alice").map(StoredTokens::version).orElse(0L);
            if (store.replaceTokens(PLAIN, "tv", "alice", version, Optional.of(counted(version + 1, version + 1)))) {
                System.out.println(version + 1);
            }
        }
    }
}
