package io.quarkiverse.deviceauthorization.it.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;

/** Refreshes as often as it is told, as if a protected resource refused every access token at its first use. */
final class Refreshes {

    private final DeviceAuthorization deviceAuthorization;

    Refreshes(DeviceAuthorization deviceAuthorization) {
        this.deviceAuthorization = deviceAuthorization;
    }

    void oneAfterTheOther(int times) {
        Tokens tokens = deviceAuthorization.tokens();
        tell("found", tokens);
        for (int i = 0; i < times; i++) {
            tokens = deviceAuthorization.refresh(tokens);
            tell("refreshed", tokens);
        }
    }

    /**
     * Until this process is killed. When nobody is signed in any more, it says so, and waits for a line: who may sign in now.
     */
    void withoutEnd() {
        Scanner input = new Scanner(System.in, StandardCharsets.UTF_8);
        while (true) {
            Output.line("ready");
            try {
                oneAfterTheOther(Integer.MAX_VALUE);
            } catch (AuthorizationRequiredException problem) {
                Output.line("lost", problem.getMessage());
                input.nextLine();
                deviceAuthorization.login();
            }
        }
    }

    /** Somebody signs in first, if nobody is: the tokens may be in memory. */
    void atOnce(int threads, int times) throws InterruptedException {
        deviceAuthorization.login();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            all.add(executor.submit(() -> oneAfterTheOther(times)));
        }
        executor.shutdown();
        for (Future<?> one : all) {
            try {
                one.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("A refresh failed in one of the threads", e.getCause());
            }
        }
    }

    /** When it had them, and a digest that tells which they are without giving them away. */
    private static void tell(String what, Tokens tokens) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        Output.line(what, micros, digest(tokens.refreshToken().orElseThrow().value()));
    }

    private static String digest(String secret) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
