package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Changes real answers as a hostile or broken server would. The same random numbers give the same answers. */
final class AnswerMutator {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Little on the wire, much when they are unpacked. */
    private static final List<byte[]> BOMBS = List.of(bomb(AnswerLimits.MAX_BYTES / 8), bomb(AnswerLimits.MAX_BYTES + 1),
            bomb(32 * AnswerLimits.MAX_BYTES));

    private final Random random;
    private final List<WireAnswer> seeds;
    private final List<WireAnswer> good;

    AnswerMutator(Random random, List<WireAnswer> seeds) {
        this.random = random;
        this.seeds = seeds;
        this.good = seeds.stream().filter(answer -> answer.status() == 200).toList();
    }

    /** @return an answer that differs from a real one in a few places */
    WireAnswer next() {
        WireAnswer answer = one(random.nextBoolean() ? seeds : good);
        for (int changes = 1 + random.nextInt(5); changes > 0; changes--) {
            answer = changed(answer);
        }
        return answer.body().length <= AnswerLimits.MAX_BYTES ? answer
                : withBody(answer, Arrays.copyOf(answer.body(), AnswerLimits.MAX_BYTES));
    }

    private WireAnswer changed(WireAnswer answer) {
        return switch (random.nextInt(20)) {
            case 0 -> new WireAnswer(status(), answer.headers(), answer.body());
            case 1, 2 -> withHeader(answer);
            case 3 -> withBody(answer, bytes(answer.body()));
            case 4 -> encoded(answer);
            case 5 -> new WireAnswer(answer.status(), answer.headers(), one(seeds).body());
            default -> withBody(answer, members(answer.body()));
        };
    }

    private int status() {
        return random.nextInt(4) == 0 ? 100 + random.nextInt(500) : one(HostileValues.STATUS);
    }

    private WireAnswer withHeader(WireAnswer answer) {
        String name = one(HostileValues.HEADERS);
        List<Map.Entry<String, String>> headers = new ArrayList<>(answer.headers());
        if (random.nextInt(4) > 0) {
            headers.removeIf(header -> header.getKey().equalsIgnoreCase(name));
        }
        if (random.nextInt(8) > 0) {
            headers.add(Map.entry(name, HostileValues.headerValue(random, name)));
        }
        return new WireAnswer(answer.status(), headers, answer.body());
    }

    /** Changes, adds, removes, repeats and renames members of a JSON object; makes one where there is none. */
    private byte[] members(byte[] body) {
        List<String[]> members = new ArrayList<>();
        try {
            JsonNode object = JSON.readTree(body);
            if (object != null) {
                object.properties()
                        .forEach(member -> members.add(new String[] { quoted(member.getKey()), member.getValue().toString() }));
            }
        } catch (IOException e) {
            // a form, a page or rubbish: its place is taken by an object
        }
        String[] member = members.isEmpty() || random.nextInt(4) == 0 ? add(members) : one(members);
        switch (random.nextInt(6)) {
            case 0 -> members.remove(member);
            case 1 -> members.add(random.nextInt(members.size() + 1), new String[] { member[0], value(members) });
            case 2 -> member[0] = quoted(HostileValues.name(random));
            case 3 -> member[1] = interspersed(member[1]);
            default -> member[1] = value(members);
        }
        StringBuilder text = new StringBuilder("{");
        members.forEach(entry -> text.append(text.length() > 1 ? "," : "").append(entry[0]).append(':').append(entry[1]));
        return text.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private String[] add(List<String[]> members) {
        String[] member = { quoted(HostileValues.name(random)), value(members) };
        members.add(member);
        return member;
    }

    private String value(List<String[]> members) {
        return switch (random.nextInt(8)) {
            case 0 -> members.isEmpty() ? "null" : one(members)[1];
            case 1, 2 -> one(HostileValues.JSON);
            case 3 -> nested();
            default -> quoted(HostileValues.text(random));
        };
    }

    private String nested() {
        boolean object = random.nextBoolean();
        String start = object ? "{" + quoted(HostileValues.name(random)) + ":" : "[";
        int depth = random.nextInt(100) == 0 ? AnswerLimits.MAX_BYTES / 2 / start.length() : random.nextInt(24);
        return start.repeat(depth) + quoted(HostileValues.text(random)) + (object ? "}" : "]").repeat(depth);
    }

    /** A text or number with something hostile in the middle of it. */
    private String interspersed(String value) {
        if (value.length() < 2 || value.charAt(0) != '"') {
            return value + random.nextInt(10);
        }
        String hostile = quoted(HostileValues.text(random));
        int at = 1 + random.nextInt(value.length() - 1);
        return value.substring(0, at) + hostile.substring(1, hostile.length() - 1) + value.substring(at);
    }

    /** A JSON text, as it is or in escapes. */
    private String quoted(String text) {
        boolean escape = random.nextBoolean();
        StringBuilder quoted = new StringBuilder("\"");
        text.chars().forEach(character -> {
            if (character < 0x20 || character == '"' || character == '\\' || Character.isSurrogate((char) character)
                    || escape && character > 0x7E) {
                quoted.append("\\u%04x".formatted(character));
            } else {
                quoted.append((char) character);
            }
        });
        return quoted.append('"').toString();
    }

    private byte[] bytes(byte[] body) {
        int at = random.nextInt(body.length + 1);
        int length = random.nextInt(Math.min(64, body.length - at) + 1);
        byte[] middle = switch (random.nextInt(6)) {
            case 0 -> new byte[0];
            case 1 -> HostileValues.text(random).getBytes(StandardCharsets.UTF_8);
            case 2 -> new byte[] { (byte) random.nextInt(256) };
            case 3 -> repeated(Arrays.copyOfRange(body, at, at + length), random.nextInt(8) == 0 ? 20_000 : 3);
            case 4 -> Arrays.copyOfRange(body, at, body.length);
            default -> one(seeds).body();
        };
        ByteArrayOutputStream changed = new ByteArrayOutputStream();
        changed.write(body, 0, at);
        changed.writeBytes(middle);
        int rest = random.nextInt(4) == 0 ? body.length : at + length;
        changed.write(body, rest, body.length - rest);
        return changed.toByteArray();
    }

    private static byte[] repeated(byte[] part, int times) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < times && all.size() < AnswerLimits.MAX_BYTES; i++) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private WireAnswer encoded(WireAnswer answer) {
        String text = new String(answer.body(), StandardCharsets.UTF_8);
        int kind = random.nextInt(6);
        if (kind < 2) {
            byte[] packed = kind == 0 ? packed(answer.body()) : one(BOMBS);
            List<Map.Entry<String, String>> headers = new ArrayList<>(answer.headers());
            headers.add(Map.entry("Content-Encoding", one(List.of("gzip", "GZIP", "x-gzip", "gzip, gzip", "identity"))));
            return new WireAnswer(answer.status(), headers, packed);
        }
        Charset charset = kind == 2 ? StandardCharsets.UTF_16
                : kind == 3 ? StandardCharsets.ISO_8859_1
                        : kind == 4 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_8;
        return withBody(answer, ((random.nextBoolean() ? "\uFEFF" : "") + text).getBytes(charset));
    }

    private static byte[] bomb(int size) {
        byte[] start = "{\"access_token\":\"fake-token\",\"scope\":\"".getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(start, size);
        Arrays.fill(all, start.length, all.length, (byte) 'x');
        return packed(all);
    }

    private static byte[] packed(byte[] body) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    private static WireAnswer withBody(WireAnswer answer, byte[] body) {
        return new WireAnswer(answer.status(), answer.headers(), body);
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
