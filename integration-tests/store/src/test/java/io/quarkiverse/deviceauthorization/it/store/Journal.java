package io.quarkiverse.deviceauthorization.it.store;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.deviceauthorization.devserver.ExchangeListener;
import io.quarkiverse.deviceauthorization.devserver.ReceivedRequest;
import io.quarkiverse.deviceauthorization.devserver.SentAnswer;

/** What a server knows of each refresh: who asked, with which refresh token, what came of it, and when. */
final class Journal implements ExchangeListener {

    /** The header by which a process says which one it is. */
    static final String RUN_HEADER = "X-Run";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Acts in the middle of a refresh, on the thread that serves it. */
    interface Trap {
        /** @param number the how many-th of its process it is, from 1 */
        default void received(String run, int number) {
        }

        default void answered(String run, int number) {
        }
    }

    /** A refresh; times in microseconds of the clock on the wall, which all processes share. */
    static final class Refresh {
        final String run;
        final String spent;
        private volatile String issued;
        private volatile long performedAt;
        private volatile long answeredAt = Long.MAX_VALUE;

        private Refresh(String run, String spent) {
            this.run = run;
            this.spent = spent;
        }

        /** The refresh token that came of it; nothing if it was refused. */
        Optional<String> issued() {
            return Optional.ofNullable(issued);
        }

        long performedAt() {
            return performedAt;
        }

        boolean answeredBefore(long micros) {
            return answeredAt <= micros;
        }
    }

    private final Map<String, List<Refresh>> refreshes = new HashMap<>();
    private final ThreadLocal<Refresh> underWay = new ThreadLocal<>();
    private volatile Trap trap = new Trap() {
    };

    void set(Trap trap) {
        this.trap = trap;
    }

    static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    /** Tells tokens apart as the program does. */
    static String digest(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void received(ReceivedRequest request) {
        underWay.remove();
        request.parameter("refresh_token").ifPresent(token -> {
            Refresh refresh = new Refresh(request.header(RUN_HEADER).orElse("?"), token);
            underWay.set(refresh);
            trap.received(refresh.run, add(refresh));
        });
    }

    @Override
    public void answering(ReceivedRequest request, SentAnswer answer) {
        Refresh refresh = underWay.get();
        if (refresh != null) {
            refresh.issued = refreshToken(answer.body());
            refresh.performedAt = now();
        }
    }

    @Override
    public void answered(ReceivedRequest request, SentAnswer answer) {
        Refresh refresh = underWay.get();
        if (refresh != null) {
            refresh.answeredAt = now();
            trap.answered(refresh.run, by(refresh.run).size());
        }
    }

    private synchronized int add(Refresh refresh) {
        List<Refresh> ofRun = refreshes.computeIfAbsent(refresh.run, run -> new ArrayList<>());
        ofRun.add(refresh);
        return ofRun.size();
    }

    private static String refreshToken(String body) {
        try {
            return JSON.readTree(body).path("refresh_token").textValue();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The refreshes of one process, in their order. */
    synchronized List<Refresh> by(String run) {
        return List.copyOf(refreshes.getOrDefault(run, List.of()));
    }
}
