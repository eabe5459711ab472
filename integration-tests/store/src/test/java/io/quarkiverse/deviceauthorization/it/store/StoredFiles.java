package io.quarkiverse.deviceauthorization.it.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What is in the directory of a store, seen from outside. */
final class StoredFiles {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /**
     * What is stored of one owner's tokens.
     *
     * @param refreshToken the refresh token
     * @param refreshStarted when a refresh began that nobody has noted the end of, as it is written there
     */
    record StoredRefresh(String refreshToken, Optional<String> refreshStarted) {
    }

    private final Path directory;

    StoredFiles(Path directory) {
        this.directory = directory;
    }

    /** Every file and directory, the one that everything is in included. */
    List<Path> everything() {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files that hold something: not what locks are taken of, nor what was cut off before it took its place. */
    List<Path> contents() {
        return everything().stream().filter(Files::isRegularFile).filter(file -> file.toString().endsWith(".json")).toList();
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(Path file) {
        String text = text(file);
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(file + " is no JSON: " + e.getMessage() + "\n" + text, e);
        }
    }

    /** Reads every file as JSON, and finds the tokens of the one owner. */
    Optional<StoredRefresh> read() {
        List<StoredRefresh> found = new ArrayList<>();
        for (Path file : contents()) {
            JsonNode content = json(file);
            if (content.path("refresh_token").isTextual()) {
                found.add(new StoredRefresh(content.get("refresh_token").textValue(),
                        Optional.ofNullable(content.path("refresh_started").textValue())));
            }
        }
        if (found.size() > 1) {
            throw new AssertionError("There is more than one file with tokens in " + directory);
        }
        return found.stream().findFirst();
    }

    /** The private keys in files that are not encrypted. */
    List<String> privateKeys() {
        return contents().stream().flatMap(file -> json(file).findValues("dpop_key").stream()).map(key -> {
            try {
                JsonNode jwk = key.isTextual() ? JSON.readTree(key.textValue()) : key;
                return jwk.get("d").textValue();
            } catch (JsonProcessingException e) {
                throw new AssertionError("No JWK in " + directory, e);
            }
        }).toList();
    }
}
