package io.quarkiverse.deviceauthorization.devserver;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** What a {@link Behaviour} sends in place of what the RFCs have, written as a table. */
final class Wire {

    /** What {@link OAuthException#detail()} calls an {@code invalid_grant} that is about a device code. */
    static final String UNKNOWN_DEVICE_CODE = "unknown_device_code";
    /** What {@link OAuthException#detail()} calls an {@code invalid_client} whose secret is wrong. */
    static final String WRONG_SECRET = "wrong_secret";
    /** What {@link OAuthException#detail()} calls an {@code invalid_client} that is not registered. */
    static final String UNKNOWN_CLIENT = "unknown_client";

    private final Optional<Integer> statusOfEveryError;
    private final Map<String, Integer> statuses;
    private final Map<String, String> codes;
    private final Map<String, String> descriptions;
    private final BiConsumer<Map<String, Object>, Integer> errors;
    private final Consumer<Map<String, Object>> device;
    private final Consumer<Map<String, Object>> tokens;
    private final Predicate<Grant> refreshToken;
    private final Optional<String> opaqueAccessTokens;
    private final Optional<Duration> accessTokenLifespan;
    private final String scopeParameter;
    private final boolean scopeAndAudienceRequired;
    private final boolean refreshTokenRotation;
    private final boolean intervalWithSlowDown;
    private final boolean formUnlessJsonIsAccepted;

    private Wire(Builder builder) {
        statusOfEveryError = builder.statusOfEveryError;
        statuses = Map.copyOf(builder.statuses);
        codes = Map.copyOf(builder.codes);
        descriptions = Map.copyOf(builder.descriptions);
        errors = builder.errors;
        device = builder.device;
        tokens = builder.tokens;
        refreshToken = builder.refreshToken;
        opaqueAccessTokens = builder.opaqueAccessTokens;
        accessTokenLifespan = builder.accessTokenLifespan;
        scopeParameter = builder.scopeParameter;
        scopeAndAudienceRequired = builder.scopeAndAudienceRequired;
        refreshTokenRotation = builder.refreshTokenRotation;
        intervalWithSlowDown = builder.intervalWithSlowDown;
        formUnlessJsonIsAccepted = builder.formUnlessJsonIsAccepted;
    }

    /** As the RFCs have it: what follows are the exceptions. */
    static Builder standard() {
        return new Builder();
    }

    /** The HTTP status of an error. */
    int status(OAuthException error) {
        int usual = statusOfEveryError.orElse(error.isUnauthenticated() ? 401 : 400);
        return statuses.getOrDefault(error.detail(), statuses.getOrDefault(error.error(), usual));
    }

    /** Changes the body of an error. */
    void error(OAuthException error, Map<String, Object> body) {
        body.put("error", codes.getOrDefault(error.detail(), codes.getOrDefault(error.error(), error.error())));
        Optional.ofNullable(descriptions.get(error.error())).ifPresent(text -> body.put("error_description", text));
        if (!intervalWithSlowDown) {
            body.remove("interval");
        }
        errors.accept(body, status(error));
    }

    /** Changes an answer of the device authorization endpoint. */
    void device(Map<String, Object> answer) {
        device.accept(answer);
    }

    /** Changes an answer with tokens. */
    void tokens(Map<String, Object> answer) {
        tokens.accept(answer);
    }

    /** What access tokens begin with, if they are opaque; otherwise they are JWTs. */
    Optional<String> opaqueAccessTokens() {
        return opaqueAccessTokens;
    }

    Duration accessTokenLifespan(Duration configured) {
        return accessTokenLifespan.orElse(configured);
    }

    /** Whether a sign-in brings a refresh token. */
    boolean refreshToken(Grant grant) {
        return refreshToken.test(grant);
    }

    boolean refreshTokenRotation() {
        return refreshTokenRotation;
    }

    boolean scopeAndAudienceRequired() {
        return scopeAndAudienceRequired;
    }

    /** The scopes that are asked for; the RFC's parameter is understood too. */
    Optional<String> scope(Parameters form) {
        return form.value(scopeParameter).or(() -> form.value("scope"));
    }

    boolean formUnlessJsonIsAccepted() {
        return formUnlessJsonIsAccepted;
    }

    /** Writes the table. */
    static final class Builder {

        private Optional<Integer> statusOfEveryError = Optional.empty();
        private final Map<String, Integer> statuses = new HashMap<>();
        private final Map<String, String> codes = new HashMap<>();
        private final Map<String, String> descriptions = new HashMap<>();
        private BiConsumer<Map<String, Object>, Integer> errors = (body, status) -> {
        };
        private Consumer<Map<String, Object>> device = answer -> {
        };
        private Consumer<Map<String, Object>> tokens = answer -> {
        };
        private Predicate<Grant> refreshToken = grant -> grant.has("offline_access");
        private Optional<String> opaqueAccessTokens = Optional.empty();
        private Optional<Duration> accessTokenLifespan = Optional.empty();
        private String scopeParameter = "scope";
        private boolean scopeAndAudienceRequired;
        private boolean refreshTokenRotation = true;
        private boolean intervalWithSlowDown;
        private boolean formUnlessJsonIsAccepted;

        private Builder() {
        }

        Builder statusOfEveryError(int status) {
            statusOfEveryError = Optional.of(status);
            return this;
        }

        Builder status(int status, String... errors) {
            for (String error : errors) {
                statuses.put(error, status);
            }
            return this;
        }

        Builder code(String error, String code) {
            codes.put(error, code);
            return this;
        }

        Builder description(String error, String description) {
            descriptions.put(error, description);
            return this;
        }

        /** What else happens to the body of an error with this HTTP status, last. */
        Builder errors(BiConsumer<Map<String, Object>, Integer> change) {
            errors = change;
            return this;
        }

        Builder device(Consumer<Map<String, Object>> change) {
            device = change;
            return this;
        }

        Builder tokens(Consumer<Map<String, Object>> change) {
            tokens = change;
            return this;
        }

        Builder refreshTokenAlways() {
            refreshToken = grant -> true;
            return this;
        }

        Builder refreshTokenNever() {
            refreshToken = grant -> false;
            return this;
        }

        Builder refreshTokenKept() {
            refreshTokenRotation = false;
            return this;
        }

        Builder opaqueAccessTokens(String prefix) {
            opaqueAccessTokens = Optional.of(prefix);
            return this;
        }

        Builder accessTokenLifespan(Duration lifespan) {
            accessTokenLifespan = Optional.of(lifespan);
            return this;
        }

        Builder scopeParameter(String name) {
            scopeParameter = name;
            return this;
        }

        Builder scopeAndAudienceRequired() {
            scopeAndAudienceRequired = true;
            return this;
        }

        Builder intervalWithSlowDown() {
            intervalWithSlowDown = true;
            return this;
        }

        Builder formUnlessJsonIsAccepted() {
            formUnlessJsonIsAccepted = true;
            return this;
        }

        Wire build() {
            return new Wire(this);
        }
    }
}
