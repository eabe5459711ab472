package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

import jakarta.ws.rs.core.Response;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.UserInfo;
import io.quarkiverse.deviceauthorization.provider.ProviderAdapter;
import io.quarkiverse.deviceauthorization.provider.ProviderAnswer;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.protocol.DeviceCodes;
import io.quarkiverse.deviceauthorization.runtime.protocol.Refusal;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.provider.Provider;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;

/**
 * What holds whatever a server answers to a device authorization request, a poll, a refresh, and a request for its
 * metadata, its keys or a person: an exception is one of ours, a text is harmless, a secret stays hidden, a number is
 * within its limits, a link can be opened.
 */
final class AnswerRules {

    /** What a server may quote: it was sent to it. */
    static final String SENT_CODE = "fake-sent-code+1/2";
    static final String SENT_REFRESH_TOKEN = "fake-sent-refresh+1/2";
    static final String SENT_ACCESS_TOKEN = "fake-sent-access+1/2";
    static final String SENT_CLIENT_SECRET = "fake-sent-secret+1/2";

    private static final ClientSettings SETTINGS = Settings.of("credentials.secret", SENT_CLIENT_SECRET,
            "jwks-path", "/jwks", "user-info-path", "/me", "id-token.issuer", "https://login.example.com/{tid}");
    private static final ClientSettings DISCOVERING = Settings.only("client-id", "tv", "auth-server-url",
            "https://login.example.com");
    private static final List<ProviderAdapter> ADAPTERS = Stream.of(Provider.values())
            .map(provider -> provider.preset().adapter()).distinct().toList();
    private static final Refusal REFUSAL = new Refusal(SETTINGS.name());
    private static final Set<String> SECRETS = Set.of("device_code", "access_token", "refresh_token", "id_token");
    private static final List<String> ALGORITHMS = List.of("RS256", "ES256", "EdDSA", "HS256", "none");
    private static final Duration LONGEST_WAIT = Duration.ofDays(365);
    private static final Instant LAST_INSTANT = Instant.parse("9999-12-31T23:59:59Z");
    private static final int LONGEST_MESSAGE = 4000;

    private final AnswerReader reader = new AnswerReader(Answers.CLOCK);
    private WireAnswer wire;
    private final AuthorizationServerApi api = new AuthorizationServerApi() {

        @Override
        public Uni<Response> post(URI endpoint, OutgoingRequest request) {
            return Uni.createFrom().item(wire.response());
        }

        @Override
        public Uni<Response> get(URI resource, String authorization, String proof) {
            return Uni.createFrom().item(wire.response());
        }
    };
    private final HttpAuthorizationServer server = Servers.of(SETTINGS, api, Answers.CLOCK);

    /** The secrets that the answer holds, and that it doesn't show elsewhere itself. */
    private List<String> secrets = List.of();

    /** The secrets of the request, which a server may quote. */
    private List<String> sent = List.of();

    /**
     * @param sent an answer
     * @return what came of it as a device authorization response and as a token response, for statistics
     * @throws AssertionError if a rule is broken
     */
    String check(WireAnswer sent) {
        wire = sent;
        Answer answer = reader.read(sent.response());
        secrets = secrets(answer);
        line("content type", answer.contentType());
        answer.location().ifPresent(location -> line("location", location));
        answer.retryAfter().ifPresent(wait -> within("retry after", wait, Duration.ZERO, LONGEST_WAIT));
        adapt(answer);
        if (answer.readable()) { // the same is said of any other, whatever was asked
            discover(answer);
            refresh();
            askWho();
            checkIdToken();
        }
        return start() + ", " + poll();
    }

    private String start() {
        sent = List.of(SENT_CLIENT_SECRET);
        try {
            DeviceCodes codes = server.requestCodes(AuthorizationRequest.defaults()).await().indefinitely();
            line("user code", codes.userCode());
            link("verification URI", codes.verificationUri());
            codes.verificationUriComplete().ifPresent(uri -> link("complete verification URI", uri));
            within("life of the codes", codes.expiresIn(), Duration.ofNanos(1), Duration.ofDays(1));
            within("interval", codes.interval(), SETTINGS.config().polling().minInterval(),
                    SETTINGS.config().polling().maxInterval());
            harmless("parameters", codes.parameters());
            secrets.forEach(secret -> assertThat(codes.toString()).as("codes").doesNotContain(secret));
            return "codes";
        } catch (DeviceAuthorizationException e) {
            message(e);
            return "no codes (" + e.getClass().getSimpleName() + ")";
        }
    }

    private String poll() {
        PendingAuthorization pending = new PendingAuthorization(SETTINGS.name(), "default", "id", "CODE",
                URI.create("https://login.example.com"), Optional.empty(), Answers.NOW, Duration.ofSeconds(5),
                Secret.of(SENT_CODE), Map.of());
        sent = List.of(SENT_CODE, SENT_CLIENT_SECRET);
        return check(server
                .deviceTokenRequest(
                        StoredFlow.started(pending, AuthorizationRequest.defaults(), FlowBinding.none(), Instant.EPOCH))
                .send().await().indefinitely());
    }

    private void refresh() {
        sent = List.of(SENT_REFRESH_TOKEN, SENT_CLIENT_SECRET);
        check(server.refresh(tokens(Optional.empty())).await().indefinitely());
    }

    private static Tokens tokens(Optional<Secret> idToken) {
        return new Tokens(Secret.of(SENT_ACCESS_TOKEN), "Bearer", Optional.of(Secret.of(SENT_REFRESH_TOKEN)), idToken,
                Optional.empty(), Set.of("openid"), Map.of());
    }

    private void askWho() {
        sent = List.of(SENT_ACCESS_TOKEN);
        try {
            UserInfo info = server.userInfo(tokens(Optional.empty())).await().indefinitely();
            line("subject", info.subject());
            harmless("claims", info.claims());
        } catch (DeviceAuthorizationException e) {
            message(e);
        }
    }

    /** The body as the claims of an ID token, and as the keys that sign it. */
    private void checkIdToken() {
        sent = List.of();
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String algorithm = ALGORITHMS.get(wire.body().length % ALGORITHMS.size());
        String header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"fake\"}";
        Secret idToken = Secret.of(base64.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(wire.body()) + "." + base64.encodeToString(new byte[64]));
        try {
            Servers.of(SETTINGS, api, Answers.CLOCK).checkIdToken(tokens(Optional.of(idToken)), FlowBinding.none()).await()
                    .indefinitely();
        } catch (DeviceAuthorizationException e) {
            message(e);
        }
    }

    /** An exception of an adapter would be taken for a broken connection. */
    private static void adapt(Answer answer) {
        for (ProviderAdapter adapter : ADAPTERS) {
            for (ProviderRequest.Kind kind : ProviderRequest.Kind.values()) {
                answer.as(adapter.answer(kind, new ProviderAnswer(answer.status(), answer.members()))).flattened();
            }
        }
    }

    private String check(TokenAnswer answer) {
        secrets.forEach(secret -> assertThat(answer.toString()).as("answer").doesNotContain(secret));
        if (answer instanceof TokenAnswer.Granted granted) {
            check(granted.tokens());
            return "tokens";
        }
        if (answer instanceof TokenAnswer.Error error) {
            check(error.error());
            error.interval().ifPresent(wait -> within("new interval", wait, Duration.ofNanos(1), Duration.ofDays(1)));
            error.retryAfter().ifPresent(wait -> within("retry after", wait, Duration.ZERO, LONGEST_WAIT));
            message(REFUSAL.ofPoll(error.meaning(), error.error()));
            message(REFUSAL.ofRefresh(error.error()));
            return error.meaning().toString();
        }
        TokenAnswer.Unavailable unavailable = (TokenAnswer.Unavailable) answer;
        message(unavailable.failure());
        unavailable.retryAfter().ifPresent(wait -> within("retry after", wait, Duration.ZERO, LONGEST_WAIT));
        return "no answer";
    }

    private void check(Tokens tokens) {
        line("token type", tokens.tokenType());
        tokens.scopes().forEach(scope -> line("scope", scope));
        line("tokens", tokens.toString());
        line("authorization header", tokens.authorizationHeader());
        tokens.expiresAt().ifPresent(end -> assertThat(end).as("end of the access token")
                .isBetween(Instant.EPOCH, LAST_INSTANT));
    }

    private void check(OAuthError error) {
        line("error code", error.code());
        error.description().ifPresent(text -> line("error description", text));
        error.uri().ifPresent(text -> line("error URI", text));
        hides("error", error.code() + error.description() + error.uri());
    }

    private void discover(Answer answer) {
        sent = List.of();
        try {
            MetadataReader metadata = new MetadataReader(DISCOVERING, uri -> Uni.createFrom().item(answer), () -> true);
            Endpoints endpoints = new EndpointResolver(DISCOVERING, metadata).endpoints().await().indefinitely();
            Stream.of(Optional.of(endpoints.deviceAuthorization()), Optional.of(endpoints.token()), endpoints.revocation(),
                    endpoints.jwks(), endpoints.userInfo()).flatMap(Optional::stream)
                    .forEach(uri -> assertThat(uri.getScheme()).as("endpoint").isEqualToIgnoringCase("https"));
        } catch (DeviceAuthorizationException e) {
            message(e);
        }
    }

    private void message(DeviceAuthorizationException problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            line("message", String.valueOf(cause.getMessage()));
            hides("message", cause.toString());
        }
        Stream.of(problem.error(), problem.errorDescription(), problem.errorUri()).flatMap(Optional::stream)
                .forEach(text -> line("detail of an exception", text));
    }

    /** A text that fits into one line of a terminal, a log or a header, and not more. */
    private static void line(String what, String text) {
        harmless(what, text, character -> true);
        assertThat(text.length()).as("length of " + what)
                .isLessThan(what.equals("authorization header") ? 2 * AnswerLimits.MAX_BYTES : LONGEST_MESSAGE);
    }

    private static boolean harms(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                true;
            default -> false;
        };
    }

    /** JSON whose texts may have several lines. */
    private static void harmless(String what, Object json) {
        if (json instanceof Map<?, ?> map) {
            map.forEach((name, member) -> {
                harmless("name among the " + what, name);
                harmless(what, member);
            });
        } else if (json instanceof List<?> list) {
            list.forEach(item -> harmless(what, item));
        } else if (json instanceof String text) {
            harmless(what, text, character -> character != '\n');
        }
    }

    private static void harmless(String what, String text, IntPredicate matters) {
        if (text.codePoints().filter(matters).anyMatch(AnswerRules::harms)) {
            throw new AssertionError("[" + what + "]\nharms: " + text.codePoints().filter(AnswerRules::harms)
                    .mapToObj("U+%04X"::formatted).toList());
        }
    }

    private static void link(String what, URI uri) {
        line(what, uri.toString().substring(0, Math.min(uri.toString().length(), LONGEST_MESSAGE - 1)));
        assertThat(uri.getScheme()).as(what).isEqualToIgnoringCase("https");
        assertThat(uri.getHost()).as("host of " + what).isNotBlank();
        assertThat(uri.getRawUserInfo()).as("user in " + what).isNull();
    }

    private static void within(String what, Duration value, Duration least, Duration most) {
        assertThat(value).as(what).isBetween(least, most);
    }

    private void hides(String what, String text) {
        secrets.forEach(secret -> assertThat(text).as(what).doesNotContain(secret));
        sent.forEach(secret -> assertThat(text).as(what).doesNotContain(secret,
                URLEncoder.encode(secret, StandardCharsets.UTF_8)));
    }

    private static List<String> secrets(Answer answer) {
        Map<String, Object> others = new LinkedHashMap<>(answer.members());
        others.keySet().removeAll(SECRETS);
        String shown = visible(others + answer.contentType() + answer.location());
        return SECRETS.stream().map(answer::text).flatMap(Optional::stream)
                .filter(secret -> secret.length() > 12 && (secret.contains("fake") || secret.startsWith("eyJ")))
                .filter(secret -> !shown.contains(visible(secret))).toList();
    }

    /** What is left of a text after any cleaning. */
    private static String visible(String text) {
        return text.codePoints().filter(character -> character < 0x7F && !harms(character) && character != ' ')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }
}
