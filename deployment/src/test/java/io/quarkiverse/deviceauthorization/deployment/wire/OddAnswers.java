package io.quarkiverse.deviceauthorization.deployment.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * What {@link HostileServer} answers in {@link OddAnswersTest}, by path: what HTTP allows and nobody expects, and what it
 * doesn't.
 */
final class OddAnswers {

    /** Good for a device authorization request, and for a token request. */
    static final String GOOD = "{\"device_code\":\"d3vice\",\"user_code\":\"WDJB\",\"verification_uri\":\"https://a.example\","
            + "\"expires_in\":900,\"access_token\":\"t0ken\"";

    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String CLOSE = JSON + "Connection: close\r\n";

    private static final String PENDING = "HTTP/1.1 400 Bad Request\r\nContent-Length: 33\r\n" + JSON
            + "\r\n{\"error\":\"authorization_pending\"}";
    private static final String STOLEN = "HTTP/1.1 200 OK\r\nContent-Length: 35\r\n" + JSON
            + "\r\n{\"access_token\":\"of-somebody-else\"}";

    /** Sends an answer. */
    private interface Answer {

        void send(OutputStream out) throws IOException, InterruptedException;
    }

    private static final AtomicInteger NONCES = new AtomicInteger();

    private static final Map<String, Answer> ANSWERS = new TreeMap<>(Map.ofEntries(
            Map.entry("nonce-long", nonce("x".repeat(3000))),
            Map.entry("nonce-quote", nonce("a\"b")),
            Map.entry("nonce-space", nonce("a b")),
            Map.entry("nonce-escape", nonce("a\u001b[31mb")),
            Map.entry("nonce-umlaut", nonce("\u00fc")),
            Map.entry("nonce-empty", nonce("")),
            Map.entry("nonce-twice", nonce("a\r\nDPoP-Nonce: b")),
            Map.entry("nonce-endless", out -> nonce("n" + NONCES.incrementAndGet()).send(out)),
            Map.entry("kept-alive", head(PENDING)),
            Map.entry("http-1.0", head("HTTP/1.0 200 OK\r\n" + JSON + "\r\n" + GOOD + "}")),
            Map.entry("no-length", head("HTTP/1.1 200 OK\r\n" + CLOSE + "\r\n" + GOOD + "}")),
            Map.entry("no-reason", head("HTTP/1.1 200\r\n" + CLOSE + "\r\n" + GOOD + "}")),
            Map.entry("continue", head("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
                    + "HTTP/1.1 200 OK\r\n" + CLOSE + "\r\n" + GOOD + "}")),
            Map.entry("cached", head("HTTP/1.1 200 OK\r\nCache-Control: public, max-age=3600, immutable\r\nETag: \"1\"\r\n"
                    + "Age: 1\r\nExpires: Thu, 01 Jan 2099 00:00:00 GMT\r\n" + CLOSE + "\r\n" + GOOD + "}")),
            Map.entry("many-members", ok(GOOD + IntStream.range(0, 100_000).mapToObj(
                    i -> ",\"" + Integer.toString(i, 36) + "\":0").collect(Collectors.joining()) + "}")),
            Map.entry("long-header", head("HTTP/1.1 200 OK\r\nX-Filler: " + "x".repeat(1024 * 1024) + "\r\n" + CLOSE + "\r\n"
                    + GOOD + "}")),
            Map.entry("deep", ok(GOOD + ",\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}")),
            Map.entry("deep-objects", ok(GOOD + ",\"x\":" + "{\"x\":".repeat(50_000) + "1" + "}".repeat(50_001))),
            Map.entry("long-number", ok(GOOD + ",\"x\":" + "9".repeat(500_000) + "}")),
            Map.entry("huge-exponent", ok(GOOD.replace("900", "1e999999999") + "}")),
            Map.entry("short-length", head("HTTP/1.1 200 OK\r\nContent-Length: 20\r\n" + CLOSE + "\r\n" + GOOD + "}")),
            Map.entry("two-lengths", head("HTTP/1.1 200 OK\r\nContent-Length: 20\r\nContent-Length: 30\r\n" + CLOSE + "\r\n"
                    + GOOD + "}")),
            Map.entry("no-content", head("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n")),
            Map.entry("not-modified", head("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\nConnection: close\r\n\r\n")),
            Map.entry("switching", head("HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n")),
            Map.entry("status-999", head("HTTP/1.1 999 Strange\r\n" + CLOSE + "\r\n" + GOOD + "}")),
            Map.entry("half-a-head", head("HTTP/1.1 200 OK\r\nContent-Ty")),
            Map.entry("half-a-chunk", head("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + CLOSE + "\r\n64\r\n{\"dev")),
            Map.entry("bad-chunk", head("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + CLOSE + "\r\nzz\r\n{}\r\n")),
            Map.entry("gzip-bomb", bomb("Content-Encoding: gzip\r\n")),
            Map.entry("gzip-bomb-unsaid", bomb("")),
            Map.entry("gzip-bomb-chunked", out -> {
                write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n" + CLOSE + "\r\n");
                chunk(out, bomb());
                write(out, "0\r\n\r\n");
            }),
            Map.entry("twice", head(PENDING + STOLEN)),
            Map.entry("processing-once", head("HTTP/1.1 102 Processing\r\n\r\n")),
            Map.entry("stolen", head(STOLEN)),
            Map.entry("many-keys", ok("{\"keys\":[" + IntStream.range(0, 10_000)
                    .mapToObj(i -> "{\"kty\":\"oct\",\"kid\":\"" + i + "\",\"k\":\"AAAA\"}")
                    .collect(Collectors.joining(",")) + "]}")),
            Map.entry("escape-in-head", head("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"\u001b[2J\"\r\n"
                    + CLOSE + "\r\n{\"error\":\"invalid_client\"}")),
            Map.entry("www-authenticate", head("HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Basic realm=\""
                    + "x".repeat(4000) + "\", Digest nonce=\"1\", Negotiate\r\n" + CLOSE + "\r\n{\"error\":\"invalid_client\","
                    + "\"error_description\":\"Enter your password: \\u001b[31m\\u0007\\u202Eevil\\r\\nHTTP/1.1 200\"}")),
            Map.entry("terminal-code", ok(GOOD.replace("WDJB", "\\u001b[2JWD\\u202EJB\\u0000\\u200B").replace("}", "")
                    + ",\"message\":\"\\u001b]0;title\\u0007Open it\\nnow\"}")),
            Map.entry("javascript", ok(GOOD.replace("https://a.example", "javascript:alert(1)//\\u001b[31m") + "}")),
            Map.entry("file", ok(GOOD.replace("https://a.example", "file:///etc/passwd") + "}")),
            Map.entry("plain-http", ok(GOOD.replace("https://a.example", "http://a.example/device") + "}")),
            Map.entry("user-info", ok(GOOD.replace("https://a.example", "https://bank.example@a.example/") + "}"))));

    private OddAnswers() {
    }

    static boolean has(String path) {
        return ANSWERS.containsKey(path);
    }

    static void send(String path, OutputStream out) throws IOException, InterruptedException {
        ANSWERS.get(path).send(out);
        out.flush();
    }

    private static Answer head(String text) {
        return out -> write(out, text);
    }

    private static Answer ok(String body) {
        return out -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n" + CLOSE + "\r\n" + body);
    }

    private static Answer nonce(String nonce) {
        return head("HTTP/1.1 400 Bad Request\r\nDPoP-Nonce: " + nonce + "\r\n" + CLOSE
                + "\r\n{\"error\":\"use_dpop_nonce\"}");
    }

    private static Answer bomb(String encoding) {
        return out -> {
            byte[] bomb = bomb();
            write(out, "HTTP/1.1 200 OK\r\nContent-Length: " + bomb.length + "\r\n" + encoding + CLOSE + "\r\n");
            out.write(bomb);
        };
    }

    /** A body that is good to the end, of 200 MB unpacked. */
    private static byte[] bomb() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            byte[] spaces = " ".repeat(1024 * 1024).getBytes(UTF_8);
            out.write((GOOD + ",\"x\":\"").getBytes(UTF_8));
            for (int i = 0; i < 200; i++) {
                out.write(spaces);
            }
            out.write("\"}".getBytes(UTF_8));
        }
        return packed.toByteArray();
    }

    private static void chunk(OutputStream out, byte[] bytes) throws IOException {
        write(out, Integer.toHexString(bytes.length) + "\r\n");
        out.write(bytes);
        write(out, "\r\n");
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
    }
}
