package io.quarkiverse.deviceauthorization.it.keycloak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the application has written into the directory of its file store, looked at behind its back. */
final class StoredFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;

    StoredFiles(Path directory) {
        this.directory = directory;
    }

    /** Returns the file with the tokens of an owner as it is now. */
    JsonNode tokens(String owner) {
        return read(file(owner));
    }

    /** Returns what Keycloak calls the refresh token of an owner. */
    String refreshTokenId(String owner) {
        return refreshTokenId(tokens(owner));
    }

    static String refreshTokenId(JsonNode tokens) {
        return Jwt.claims(tokens.get("refresh_token").asText()).get("jti").asText();
    }

    /** Returns whether there is a file with the tokens of an owner. */
    boolean hasTokens(String owner) {
        return files("tokens").stream().anyMatch(file -> owner.equals(read(file).get("owner").asText()));
    }

    /** Returns the flows of an owner. */
    List<JsonNode> flows(String owner) {
        return files("flows").stream().map(StoredFiles::read).filter(flow -> owner.equals(flow.get("owner").asText())).toList();
    }

    /**
     * Leaves what is left by a process that was killed after Keycloak had answered its refresh, and before it had stored the
     * answer.
     *
     * @param before the file as it was before the refresh
     */
    void cutOffRefresh(JsonNode before) {
        ObjectNode noted = before.deepCopy();
        noted.put("version", before.get("version").asLong() + 1).put("refresh_started", Instant.now().toString());
        try {
            Files.write(file(before.get("owner").asText()), JSON.writeValueAsBytes(noted));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String owner) {
        return files("tokens").stream().filter(file -> owner.equals(read(file).get("owner").asText())).findFirst()
                .orElseThrow(() -> new AssertionError("There are no tokens of '" + owner + "' in " + directory));
    }

    private List<Path> files(String folder) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(file -> file.getParent().endsWith(folder) && file.toString().endsWith(".json")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
