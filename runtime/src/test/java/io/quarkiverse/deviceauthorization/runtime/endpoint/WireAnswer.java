package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.ws.rs.core.Response;

/**
 * An answer as it comes over the wire, in a file: the status line, the headers, an empty line, and the body up to the line feed
 * that ends the file. Lines end in line feeds only; an empty body is no body.
 * <p>
 * {@code fixtures} has what providers send, {@code fuzz/regressions} has what once went wrong.
 */
public record WireAnswer(int status, List<Map.Entry<String, String>> headers, byte[] body) {

    private static final String SUFFIX = ".http";

    /** @return a provider's answer by its name, such as {@code auth0-pending} */
    public static WireAnswer fixture(String name) {
        return read(folder("fixtures").resolve(name + SUFFIX));
    }

    /** @return the names of all files in a folder, sorted */
    public static List<String> names(String folder) {
        try (Stream<Path> files = Files.list(folder(folder))) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length())).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return one file of a folder */
    public static WireAnswer of(String folder, String name) {
        return read(folder(folder).resolve(name + SUFFIX));
    }

    private static Path folder(String name) {
        try {
            return Path.of(WireAnswer.class.getResource("/" + name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static WireAnswer read(Path file) {
        try {
            return parse(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads any bytes: what can't be on the wire is left out, and a status that is no status is 200. */
    public static WireAnswer parse(byte[] file) {
        int line = 0;
        int status = 200;
        List<Map.Entry<String, String>> headers = new ArrayList<>();
        int end = lineEnd(file, line);
        String statusLine = latin1(file, line, end);
        if (statusLine.matches("(HTTP/[0-9.]+ )?[1-5][0-9]{2}( .*)?")) {
            status = Integer.parseInt(statusLine.replaceFirst("^HTTP/[0-9.]+ ", "").substring(0, 3));
        }
        for (line = end + 1; line < file.length && (end = lineEnd(file, line)) > line; line = end + 1) {
            String header = latin1(file, line, end);
            int colon = header.indexOf(':');
            if (colon > 0) {
                headers.add(Map.entry(header.substring(0, colon).strip(), header.substring(colon + 1).strip()));
            }
        }
        int start = Math.min(file.length, line + 1);
        int stop = file.length > start && file[file.length - 1] == '\n' ? file.length - 1 : file.length;
        return new WireAnswer(status, List.copyOf(headers), Arrays.copyOfRange(file, start, stop));
    }

    private static int lineEnd(byte[] file, int from) {
        int end = from;
        while (end < file.length && file[end] != '\n') {
            end++;
        }
        return end;
    }

    private static String latin1(byte[] file, int from, int to) {
        return new String(file, from, to - from, StandardCharsets.ISO_8859_1);
    }

    /** @return the file that this answer is read from */
    public byte[] file() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(("HTTP/1.1 " + status + "\n").getBytes(StandardCharsets.ISO_8859_1));
        headers.forEach(header -> file
                .writeBytes((header.getKey() + ": " + header.getValue() + "\n").getBytes(StandardCharsets.ISO_8859_1)));
        file.write('\n');
        file.writeBytes(body);
        file.write('\n');
        return file.toByteArray();
    }

    /** @return the answer as the REST client hands it over */
    public Response response() {
        Response.ResponseBuilder answer = Response.status(status);
        if (body.length > 0) {
            answer.entity(body);
        }
        headers.forEach(header -> answer.header(header.getKey(), header.getValue()));
        return answer.build();
    }
}
