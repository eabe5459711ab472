package io.quarkiverse.deviceauthorization.deployment.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import javax.net.ServerSocketFactory;

/** A server that answers a request as the path says, mostly badly, and counts what it was asked and what it could send. */
final class HostileServer implements AutoCloseable {

    static final int HUGE = 50 * 1024 * 1024;

    /** What fits into the buffers of both ends of a connection, with plenty to spare. */
    static final int BUFFERS = 20 * 1024 * 1024;

    private static final String PAGE = "<html><body>Welcome to our network. Please accept the terms.</body></html>";

    private final ServerSocket socket;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, AtomicLong> requests = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> sent = new ConcurrentHashMap<>();

    HostileServer(ServerSocketFactory sockets) {
        try {
            socket = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        run(this::accept);
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        socket.close();
    }

    private static void run(Runnable work) {
        Thread thread = new Thread(work, "hostile-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                run(() -> serve(connection));
            }
        } catch (IOException e) {
            // closed
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            InputStream in = new BufferedInputStream(connection.getInputStream());
            if (isTlsHello(in)) {
                send(connection.getOutputStream(), "400 Bad Request", "text/html", PAGE);
                return;
            }
            String head = head(in);
            if (!head.isEmpty()) {
                String path = head.split(" ", 3)[1].substring(1);
                if (path.startsWith("counted/")) {
                    counted(path.substring(path.indexOf('/') + 1), connection.getOutputStream());
                } else {
                    received(path);
                    answer(path, connection, in);
                }
            }
        } catch (IOException | InterruptedException e) {
            // the client has gone
        }
    }

    /** Whether the client speaks TLS to us, who don't. */
    private static boolean isTlsHello(InputStream in) throws IOException {
        in.mark(1);
        boolean tls = in.read() == 0x16;
        in.reset();
        return tls;
    }

    /** Reads the head, and takes the body off the connection, since closing it with unread bytes resets it. */
    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (head.length() > 3 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                String lower = head.toString().toLowerCase(Locale.ROOT);
                int length = lower.indexOf("content-length: ");
                if (length >= 0) {
                    in.readNBytes(Integer.parseInt(lower.substring(length + 16, lower.indexOf('\r', length))));
                }
                return head.toString();
            }
        }
        return "";
    }

    /**
     * {@code GET /counted/x}: how many requests there were for {@code /x}, and how many bytes of bodies could be sent from it.
     */
    private void counted(String path, OutputStream out) throws IOException {
        send(out, "200 OK", "application/json", "{\"requests\":" + requests.getOrDefault(path, new AtomicLong())
                + ",\"sent\":" + sent.getOrDefault(path, new AtomicLong()) + "}");
    }

    private void received(String path) {
        requests.computeIfAbsent(path, name -> new AtomicLong()).incrementAndGet();
    }

    private void answer(String path, Socket connection, InputStream in) throws IOException, InterruptedException {
        OutputStream out = connection.getOutputStream();
        switch (path) {
            case "page" -> send(out, "200 OK", "text/html", PAGE);
            case "not-found" -> send(out, "404 Not Found", "text/html", PAGE);
            case "broken" -> send(out, "500 Internal Server Error", "text/html", PAGE);
            case "empty" -> send(out, "200 OK", "application/json", "");
            case "truncated" -> send(out, "200 OK", "application/json", "{\"device_code\":\"d3vice\",\"user_co");
            case "lacking" -> send(out, "200 OK", "application/json", "{\"device_code\":\"d3vice\",\"interval\":5}");
            case "wrong-types" ->
                send(out, "200 OK", "application/json", "{\"device_code\":{\"a\":\"d3vice\"},\"user_code\":17,"
                        + "\"verification_uri\":[\"https://a.example\"],\"expires_in\":true}");
            case "negative" -> send(out, "200 OK", "application/json", codes("-900", "-5"));
            case "absurd" -> send(out, "200 OK", "application/json", codes("1e200", "99999999999999999999999999"));
            case "cut" -> out.write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"device_code\":".getBytes(ISO_8859_1));
            case "garbage" -> out.write("220 \u001b[31mmail.example ESMTP\u0007\r\n\r\n".getBytes(ISO_8859_1));
            case "silent" -> closed.await();
            case "drop" -> connection.shutdownOutput();
            case "reset" -> connection.setSoLinger(true, 0);
            case "trickle" -> trickle(path, out, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n", " ");
            case "huge" -> huge(path, out, "Content-Length: " + HUGE + "\r\n", false);
            case "huge-chunked" -> huge(path, out, "Transfer-Encoding: chunked\r\n", true);
            case "large" -> huge(path, out, "Content-Length: 9999999\r\n", false);
            case "huge-multipart" -> huge(path, out,
                    "Transfer-Encoding: chunked\r\nContent-Type: multipart/form-data; boundary=x\r\n", true);
            case "huge-head" -> hugeHead(path, out);
            case "slow-head" -> trickle(path, out, "HTTP/1.1 200 OK\r\nX-Filler: ", "x");
            case "slow-chunks" -> trickle(path, out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n");
            case "slow-multipart" -> trickle(path, out,
                    "HTTP/1.1 200 OK\r\nContent-Type: multipart/mixed; boundary=x\r\nContent-Length: 99999\r\n\r\n", "x");
            case "processing" -> trickle(path, out, "", "HTTP/1.1 102 Processing\r\n\r\n");
            case "stalled" -> {
                out.write("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"device_code\":".getBytes(ISO_8859_1));
                closed.await();
            }
            case "flood" -> flood(path, out, "", "HTTP/1.1 100 Continue\r\n\r\n");
            case "endless" -> flood(path, out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                    "400\r\n" + " ".repeat(1024) + "\r\n");
            case "endless-1.0" -> flood(path, out, "HTTP/1.0 200 OK\r\n\r\n", " ".repeat(1024));
            case "reset-head" -> cut(connection, out, "HTTP/1.1 200 OK\r\nContent-Ty");
            case "reset-body" -> cut(connection, out, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"device_code\":");
            case "interim" -> { // the real answer comes late
                OddAnswers.send("processing-once", out);
                if (!head(in).isEmpty()) {
                    OddAnswers.send("stolen", out);
                }
            }
            case "kept-alive", "twice" -> {
                OddAnswers.send(path, out);
                if (!head(in).isEmpty()) {
                    received(path);
                    connection.setSoLinger(true, 0);
                }
            }
            default -> {
                if (OddAnswers.has(path)) {
                    OddAnswers.send(path, out);
                } else {
                    redirect(path, out);
                }
            }
        }
    }

    private static String codes(String expiresIn, String interval) {
        return "{\"device_code\":\"d3vice\",\"user_code\":\"WDJB\",\"verification_uri\":\"https://a.example\",\"expires_in\":"
                + expiresIn + ",\"interval\":" + interval + "}";
    }

    private static void send(OutputStream out, String status, String type, String body) throws IOException {
        out.write(("HTTP/1.1 " + status + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length()
                + "\r\nConnection: close\r\n\r\n" + body).getBytes(ISO_8859_1));
    }

    /** {@code redirect/302/8080}: to that path on that port of this machine. */
    private static void redirect(String path, OutputStream out) throws IOException {
        String[] parts = path.split("/");
        out.write(("HTTP/1.1 " + parts[1] + " Moved\r\nLocation: http://localhost:" + parts[2]
                + "/stolen?x=y\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").getBytes(ISO_8859_1));
    }

    private void trickle(String path, OutputStream out, String start, String drop) throws IOException, InterruptedException {
        out.write(start.getBytes(ISO_8859_1));
        while (!closed.await(20, TimeUnit.MILLISECONDS)) {
            out.write(drop.getBytes(ISO_8859_1));
            sent(path).addAndGet(drop.length());
        }
    }

    /** As fast and as long as the client takes it. */
    private void flood(String path, OutputStream out, String start, String wave) throws IOException {
        out.write(start.getBytes(ISO_8859_1));
        byte[] waves = wave.repeat(64).getBytes(ISO_8859_1);
        while (closed.getCount() > 0) {
            out.write(waves);
            sent(path).addAndGet(waves.length);
        }
    }

    private static void cut(Socket connection, OutputStream out, String text) throws IOException {
        out.write(text.getBytes(ISO_8859_1));
        out.flush();
        connection.setSoLinger(true, 0);
    }

    private AtomicLong sent(String path) {
        return sent.computeIfAbsent(path, name -> new AtomicLong());
    }

    private void huge(String path, OutputStream out, String headers, boolean chunked) throws IOException {
        out.write(("HTTP/1.1 200 OK\r\n" + headers + "\r\n").getBytes(ISO_8859_1));
        byte[] block = " ".repeat(64 * 1024).getBytes(ISO_8859_1);
        AtomicLong count = sent(path);
        for (int left = HUGE; left > 0; left -= block.length) {
            if (chunked) {
                out.write("10000\r\n".getBytes(ISO_8859_1));
            }
            out.write(block);
            if (chunked) {
                out.write("\r\n".getBytes(ISO_8859_1));
            }
            count.addAndGet(block.length);
        }
        out.write((chunked ? "0\r\n\r\n" : "").getBytes(ISO_8859_1));
    }

    private void hugeHead(String path, OutputStream out) throws IOException {
        out.write("HTTP/1.1 200 OK\r\n".getBytes(ISO_8859_1));
        byte[] header = ("X-Filler: " + "x".repeat(1000) + "\r\n").getBytes(ISO_8859_1);
        AtomicLong count = sent(path);
        while (count.addAndGet(header.length) < HUGE) {
            out.write(header);
        }
    }
}
