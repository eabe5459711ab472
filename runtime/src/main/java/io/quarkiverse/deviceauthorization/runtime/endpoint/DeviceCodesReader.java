package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.runtime.config.ClientConfig;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.config.Loopback;
import io.quarkiverse.deviceauthorization.runtime.protocol.DeviceCodes;
import io.quarkiverse.deviceauthorization.store.FlowBinding;

/** Reads the device authorization response (RFC 8628 §3.2). Nothing in it is trusted until it is checked. */
final class DeviceCodesReader {

    private static final Duration LONGEST_LIFE = Duration.ofDays(1);
    private static final Set<String> KNOWN = Set.of("device_code", "user_code", "verification_uri", "verification_url",
            "verification_uri_complete", "verification_url_complete", "expires_in", "interval");

    private static final String CHECK_ENDPOINT = ". Check that the endpoint is a device authorization endpoint (RFC 8628 §3.2)";

    private final ClientSettings settings;

    /** The last one that is good whatever the endpoint: the next is the same nearly always, and flows that wait share it. */
    private volatile URI lastVerificationUri;
    private final LastValue<Duration> intervals = new LastValue<>();

    DeviceCodesReader(ClientSettings settings) {
        this.settings = settings;
    }

    DeviceCodes read(Answer answer, URI endpoint, FlowBinding binding) {
        Optional<String> deviceCode = answer.text("device_code");
        Optional<String> userCode = answer.text("user_code").map(CleanText::code).filter(code -> !code.isBlank());
        Optional<String> verificationUri = answer.text("verification_uri").or(() -> answer.text("verification_url"));
        Optional<Duration> expiresIn = answer.life("expires_in", LONGEST_LIFE);
        List<String> missing = new ArrayList<>();
        require(missing, "device_code", deviceCode);
        require(missing, "user_code", userCode);
        require(missing, "verification_uri", verificationUri);
        require(missing, "expires_in", expiresIn);
        if (!missing.isEmpty()) {
            throw nonsense("lacks " + String.join(", ", missing) + ", or has it in a form that is of no use", answer,
                    isForeign(answer.members())
                            ? ". This provider keeps to ways of its own, which are"
                                    + " not supported: a bean that is a ProviderAdapter can translate them"
                            : CHECK_ENDPOINT);
        }
        URI uri = sharedUri(verificationUri.get(), endpoint)
                .orElseThrow(() -> nonsense("has a verification_uri that can't be shown to a person: '"
                        + CleanText.of(verificationUri.get()) + "' is no https URL", answer, CHECK_ENDPOINT));
        return new DeviceCodes(Secret.of(deviceCode.get()), userCode.get(), uri,
                answer.text("verification_uri_complete").or(() -> answer.text("verification_url_complete"))
                        .flatMap(complete -> uri(complete, endpoint)),
                expiresIn.get(), interval(answer), others(answer), binding);
    }

    /** Some had the idea before RFC 8628, or another one: AWS and Facebook, for example. */
    private static boolean isForeign(Map<String, Object> members) {
        return members.containsKey("deviceCode") || members.containsKey("user_code") && members.containsKey("code");
    }

    private static void require(List<String> missing, String member, Optional<?> value) {
        if (value.isEmpty()) {
            missing.add(member);
        }
    }

    private Duration interval(Answer answer) {
        ClientConfig.Polling polling = settings.config().polling();
        Duration interval = answer.pause("interval", polling.maxInterval()).orElse(polling.defaultInterval());
        return intervals.orEqual(interval.compareTo(polling.minInterval()) < 0 ? polling.minInterval() : interval);
    }

    private Optional<URI> sharedUri(String text, URI endpoint) {
        URI last = lastVerificationUri;
        if (last != null && last.toString().equals(text)) {
            return Optional.of(last);
        }
        Optional<URI> uri = uri(text, endpoint);
        uri.filter(found -> !Loopback.is(found)).ifPresent(found -> lastVerificationUri = found);
        return uri;
    }

    /** What a person is told to open: {@code https}, or this machine where the server itself is on it. */
    private static Optional<URI> uri(String text, URI endpoint) {
        try {
            URI uri = new URI(text.strip());
            boolean safe = "https".equalsIgnoreCase(uri.getScheme())
                    || "http".equalsIgnoreCase(uri.getScheme()) && Loopback.is(uri) && Loopback.is(endpoint);
            return Optional.of(uri).filter(checked -> safe && checked.getHost() != null && checked.getRawUserInfo() == null
                    && CleanText.isPlain(text.strip()));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static Map<String, Object> others(Answer answer) {
        Map<String, Object> others = new LinkedHashMap<>();
        answer.members().forEach((name, value) -> {
            if (!KNOWN.contains(name)) {
                others.put(name, value);
            }
        });
        return CleanText.members(others);
    }

    private AuthorizationServerException nonsense(String what, Answer answer, String cure) {
        return new AuthorizationServerException(
                "The device authorization response for " + ConfigKeys.describe(settings.name()) + " " + what + cure,
                answer.status(), null);
    }
}
