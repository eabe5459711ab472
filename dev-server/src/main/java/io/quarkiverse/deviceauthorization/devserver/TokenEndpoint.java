package io.quarkiverse.deviceauthorization.devserver;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.deviceauthorization.devserver.DeviceFlow.Poll;
import io.quarkiverse.deviceauthorization.devserver.DeviceFlow.State;
import io.quarkiverse.deviceauthorization.devserver.RefreshTokens.Use;

/** {@code POST /oauth/token}: polling (RFC 8628 §3.4 and §3.5) and refreshing (RFC 6749 §6). */
final class TokenEndpoint implements Handler {

    static final String DEVICE_CODE_GRANT = "urn:ietf:params:oauth:grant-type:device_code";
    static final String REFRESH_TOKEN_GRANT = "refresh_token";

    private final Settings settings;
    private final ClientAuthentication clients;
    private final DpopProofs proofs;
    private final OAuthAnswers answers;
    private final DeviceFlows flows;
    private final TokenIssuer issuer;
    private final AccessTokens accessTokens;
    private final RefreshTokens refreshTokens;
    private final QueuedScript script;
    private final Counters counters;

    TokenEndpoint(Settings settings, ClientAuthentication clients, DpopProofs proofs, OAuthAnswers answers,
            DeviceFlows flows, TokenIssuer issuer, AccessTokens accessTokens, RefreshTokens refreshTokens, QueuedScript script,
            Counters counters) {
        this.settings = settings;
        this.clients = clients;
        this.proofs = proofs;
        this.answers = answers;
        this.flows = flows;
        this.issuer = issuer;
        this.accessTokens = accessTokens;
        this.refreshTokens = refreshTokens;
        this.script = script;
        this.counters = counters;
    }

    /** The interval holds for every request that arrives, those that the script lets fail included. */
    @Override
    public Response handle(Request request) {
        Parameters received = request.formAsReceived();
        received.value("grant_type").ifPresent(counters::tokenRequest);
        Optional<Poll> poll = received.value("device_code").flatMap(code -> {
            counters.poll(code);
            return flows.byDeviceCode(code).map(flow -> flow.poll(settings.clock().instant()));
        });
        poll.filter(Poll::early).ifPresent(early -> counters.earlyPoll());
        return script.faulty(Endpoint.TOKEN, answers.finished(performed -> answer(performed, poll))).handle(request);
    }

    private Response answer(Request request, Optional<Poll> poll) {
        Parameters form = request.form();
        Client client = clients.authenticate(request, form);
        Optional<String> key = key(request, poll);
        String grantType = form.required("grant_type");
        return switch (grantType) {
            case DEVICE_CODE_GRANT -> poll(form, client, key, poll);
            case REFRESH_TOKEN_GRANT -> refresh(form, client, key);
            default -> throw new OAuthException("unsupported_grant_type", "The grant type " + grantType + " is not supported");
        };
    }

    /** The key of the proof, if any. A request that is challenged for a nonce is no poll. */
    private Optional<String> key(Request request, Optional<Poll> poll) {
        try {
            return proofs.keyOf(request);
        } catch (OAuthException problem) {
            if (problem.error().equals(DpopProofs.USE_NONCE)) {
                poll.ifPresent(challenged -> challenged.flow().forget(challenged));
            }
            throw problem;
        }
    }

    private Response poll(Parameters form, Client client, Optional<String> key, Optional<Poll> received) {
        form.required("device_code");
        Poll poll = received.filter(known -> known.flow().clientId.equals(client.id()))
                .orElseThrow(() -> OAuthException.unknownDeviceCode("The device code is unknown, or another client's"));
        DeviceFlow flow = poll.flow();
        flow.request.keyThumbprint().ifPresent(bound -> requireKey(bound, key));
        Pkce.verify(flow.request.codeChallenge(), form);
        Instant now = settings.clock().instant();
        script.answerFor(flow);
        if (flow.state() == State.REDEEMED) {
            throw OAuthException.unknownDeviceCode("The device code was used already");
        }
        if (flow.expired(now)) {
            throw new OAuthException("expired_token", "The device code has expired");
        }
        if (flow.state() == State.DENIED) {
            throw new OAuthException("access_denied", "The user denied the request");
        }
        if (flow.state() == State.PENDING) {
            throw poll.early() && !poll.first() ? slowDown(flow)
                    : new OAuthException("authorization_pending", "The user has yet to approve the request");
        }
        return flow.redeem().map(grant -> issuer.signIn(grant.boundTo(key)))
                .orElseThrow(() -> OAuthException.unknownDeviceCode("The device code was used already"));
    }

    static OAuthException slowDown(DeviceFlow flow) {
        flow.slowDown();
        return OAuthException.slowDown(flow.interval());
    }

    private Response refresh(Parameters form, Client client, Optional<String> key) {
        String token = form.required("refresh_token");
        Optional<Set<String>> scopes = form.value("scope").map(Scopes::parse);
        refreshTokens.grant(token).filter(grant -> grant.clientId().equals(client.id())).ifPresent(grant -> {
            requireGranted(grant, scopes.orElse(Set.of()));
            grant.keyThumbprint().ifPresent(bound -> requireKey(client.isPublic() ? bound : key.orElse(bound), key));
        });
        Use use = refreshTokens.use(token, client.id());
        if (use.reused()) {
            counters.refreshTokenReuse();
        }
        if (use.grant().isEmpty()) {
            if (use.familyId() != null) {
                accessTokens.revokeFamily(use.familyId());
            }
            throw OAuthException.invalidGrant(use.reused()
                    ? "The refresh token was used already; all tokens of this sign-in are revoked"
                    : "The refresh token is unknown, expired, revoked, or another client's");
        }
        Grant grant = use.grant().get();
        return issuer.refresh(grant, scopes.map(grant::narrowedTo).orElse(grant).boundTo(key), use.familyId());
    }

    private static void requireKey(String bound, Optional<String> key) {
        if (key.isEmpty()) {
            throw DpopProofs.missing();
        }
        if (!key.get().equals(bound)) {
            throw DpopProofs.otherKey();
        }
    }

    /** RFC 6749 §6: no scope that was not granted. */
    private static void requireGranted(Grant grant, Set<String> scopes) {
        for (String scope : scopes) {
            if (!grant.has(scope)) {
                throw new OAuthException("invalid_scope", "The scope " + scope + " was not granted");
            }
        }
    }
}
