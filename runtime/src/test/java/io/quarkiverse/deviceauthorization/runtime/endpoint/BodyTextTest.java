package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

import jakarta.ws.rs.core.Response;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The body of an answer")
class BodyTextTest {

    private static final String PENDING = "{\"error\":\"authorization_pending\",\"error_description\":\"größer – 日本\"}";

    @ParameterizedTest(name = "{0} as {1}")
    @CsvSource(delimiter = '|', value = {
            "UTF-8    | application/json",
            "UTF-8    | application/json;charset=UTF-8",
            "UTF-8    | application/json; charset=\"utf-8\"",
            "UTF-8    | application/json; charset=klingon",
            "UTF-8    | text/html",
            "UTF-16LE | application/json",
            "UTF-16BE | application/json",
            "UTF-16   | application/json",
            "UTF-16LE | application/json; charset=utf-16le",
    })
    @DisplayName("is read in whatever charset it is in")
    void charsets(String charset, String contentType) {
        assertThat(read(PENDING.getBytes(Charset.forName(charset)), contentType).text("error_description"))
                .contains("größer – 日本");
    }

    @Test
    @DisplayName("is read in the charset that it names, where that can't be told from the bytes")
    void named() {
        byte[] latin = "{\"error\":\"x\",\"error_description\":\"größer\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(read(latin, "application/json; charset=iso-8859-1").text("error_description")).contains("größer");
        assertThat(read(latin, "application/json").text("error_description")).contains("gr\uFFFD\uFFFDer");
        assertThat(read("error=x&error_description=gr%C3%B6%C3%9Fer".getBytes(StandardCharsets.US_ASCII),
                "application/x-www-form-urlencoded; charset=UTF-8").text("error_description")).contains("größer");
    }

    @ParameterizedTest
    @CsvSource({ "UTF-8", "UTF-16LE", "UTF-16BE" })
    @DisplayName("may begin with a byte order mark")
    void byteOrderMark(String charset) {
        assertThat(read(("\uFEFF" + PENDING).getBytes(Charset.forName(charset)), "application/json").text("error"))
                .contains("authorization_pending");
    }

    @Test
    @DisplayName("is unpacked, whether or not a header says that it is packed")
    void gzip() {
        assertThat(read(packed(PENDING.getBytes(StandardCharsets.UTF_8)), "application/json").text("error"))
                .contains("authorization_pending");
    }

    @Test
    @DisplayName("is unpacked no further than an answer may be long: a small body can hold gigabytes")
    void bomb() {
        byte[] bomb = packed(new byte[100 * AnswerLimits.MAX_BYTES]);
        assertThat(bomb.length).isLessThan(AnswerLimits.MAX_BYTES);
        Answer answer = read(bomb, "application/json");
        assertThat(answer.readable()).isFalse();
        assertThat(answer.members()).isEmpty();
    }

    @Test
    @DisplayName("that is packed badly is no answer, and breaks nothing")
    void brokenGzip() {
        byte[] packed = packed(PENDING.getBytes(StandardCharsets.UTF_8));
        byte[] cut = java.util.Arrays.copyOf(packed, packed.length / 2);
        assertThat(read(cut, "application/json").readable()).isFalse();
        assertThat(read(new byte[] { 0x1F, (byte) 0x8B, 1 }, "application/json").readable()).isFalse();
    }

    @Test
    @DisplayName("may name a member twice: the last one counts, as with most readers of JSON")
    void duplicateMembers() {
        assertThat(read("{\"error\":\"slow_down\",\"error\":\"access_denied\"}".getBytes(StandardCharsets.UTF_8),
                "application/json").text("error")).contains("access_denied");
        assertThat(read("error=slow_down&error=access_denied".getBytes(StandardCharsets.UTF_8),
                "application/x-www-form-urlencoded").text("error")).contains("access_denied");
    }

    @Test
    @DisplayName("may have an error that is an object with a code and a message")
    void errorObject() {
        Answer answer = read("{\"error\":{\"code\":\"slow_down\",\"message\":\"Later\"}}".getBytes(StandardCharsets.UTF_8),
                "application/json").flattened();
        assertThat(answer.text("error")).contains("slow_down");
        assertThat(answer.text("error_description")).contains("Later");
        Answer odd = read("{\"error\":{\"code\":31,\"message\":\"Later\"}}".getBytes(StandardCharsets.UTF_8),
                "application/json");
        assertThat(odd.flattened()).isSameAs(odd);
    }

    private static Answer read(byte[] body, String contentType) {
        return new AnswerReader(Answers.CLOCK)
                .read(Response.status(400).entity(body).header("Content-Type", contentType).build());
    }

    private static byte[] packed(byte[] body) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream packing = new GZIPOutputStream(packed)) {
            packing.write(body);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return packed.toByteArray();
    }
}
