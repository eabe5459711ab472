package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.provider.ProviderAdapter;
import io.quarkiverse.deviceauthorization.provider.ProviderAnswer;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.CredentialsConfig;
import io.quarkiverse.deviceauthorization.runtime.credentials.ClientAuthentication;
import io.quarkiverse.deviceauthorization.runtime.credentials.Credentials;
import io.quarkiverse.deviceauthorization.runtime.dpop.DpopKey;
import io.quarkiverse.deviceauthorization.runtime.dpop.DpopNonces;
import io.quarkiverse.deviceauthorization.runtime.protocol.Step;
import io.quarkiverse.deviceauthorization.runtime.provider.ApplicationAdapter;
import io.smallrye.mutiny.Uni;

/**
 * Sends requests, authenticated, bound to a key, and as the provider wants them, and reads the answers. Whatever happens on the
 * way is an {@link AuthorizationServerException} that says what to look at.
 */
final class Exchange {

    /** How often one request is sent again with a nonce that the server asked for. */
    private static final int NONCES = 2;

    /**
     * A request that can be sent any number of times.
     *
     * @param kind what it asks for
     * @param form its parameters
     * @param headers its headers, besides those that every request has
     * @param key the key that it proves to have
     * @param secrets what the server must not be quoted with
     */
    record Prepared(Kind kind, Form form, Map<String, String> headers, Optional<DpopKey> key, List<String> secrets) {

        /** Shows what it asks for, and nothing of it: it is made of secrets. */
        @Override
        public String toString() {
            return "Prepared[kind=" + kind + ", headers=" + headers.keySet() + "]";
        }
    }

    private final DeferredApi api;
    private final ClientAuthentication authentication;
    private final Optional<String> bearerToken;
    private final ProviderAdapter adapter;
    private final AnswerReader answers;
    private final Unusable unusable;
    private final DpopNonces nonces = new DpopNonces();
    private final InstantSource clock;

    Exchange(ClientSettings settings, Supplier<AuthorizationServerApi> api, ClientAuthentication authentication,
            Unusable unusable, InstantSource clock) {
        CredentialsConfig credentials = settings.config().credentials();
        this.api = new DeferredApi(api);
        this.authentication = authentication;
        this.bearerToken = credentials.bearerToken();
        this.adapter = settings.adapter();
        this.answers = new AnswerReader(clock);
        this.unusable = unusable;
        this.clock = clock;
    }

    /**
     * @return whether requests of one kind differ in their parameters only: nothing is signed for each, and no adapter of the
     *         application sees each
     */
    boolean writesAlike() {
        return authentication.fixed().isPresent() && !(adapter instanceof ApplicationAdapter);
    }

    /** @return a request of a client whose credentials are the same in each */
    OutgoingRequest write(Kind kind, Form form, Map<String, String> headers) {
        return write(kind, form, headers, authentication.fixed().orElseThrow());
    }

    private OutgoingRequest write(Kind kind, Form form, Map<String, String> headers, Credentials credentials) {
        OutgoingRequest written = RequestWriter.write(adapter.request(form.request(kind, credentials.parameters(), headers)));
        return authorization(kind, credentials)
                .map(header -> written.with(HttpHeaders.AUTHORIZATION, header)).orElse(written);
    }

    private Optional<String> authorization(Kind kind, Credentials credentials) {
        return bearerToken.filter(token -> kind == Kind.DEVICE_AUTHORIZATION).map(token -> "Bearer " + token)
                .or(credentials::authorization);
    }

    /**
     * @param written a request that {@link #write} has written
     * @param secrets what the server must not be quoted with
     * @param endpoint where to
     * @param outcome takes the answer by the standards, whatever the provider sends, and without the secrets that were sent
     */
    <T> Uni<T> send(Kind kind, OutgoingRequest written, List<String> secrets, URI endpoint, Outcome<T> outcome) {
        URI target = adapter.endpoint(kind, endpoint);
        Credentials credentials = authentication.fixed().orElseThrow();
        return api.post(target, written).plug(answer -> new Step<>(answer, received -> {
            Answer read;
            try {
                read = read(kind, secrets, credentials, received);
            } catch (RuntimeException e) {
                return outcome.ofNone(noAnswer(target, e));
            }
            return outcome.of(read);
        }, failure -> outcome.ofNone(noAnswer(target, failure))));
    }

    /**
     * @param endpoint where to
     * @param tokenEndpoint the server's token endpoint, which assertions are for
     * @param outcome takes the answer by the standards, whatever the provider sends, and without the secrets that were sent
     */
    <T> Uni<T> send(Prepared prepared, URI endpoint, URI tokenEndpoint, Outcome<T> outcome) {
        if (prepared.key.isEmpty() && authentication.fixed().isPresent()) {
            return send(prepared.kind, write(prepared.kind, prepared.form, prepared.headers), prepared.secrets, endpoint,
                    outcome);
        }
        URI target = adapter.endpoint(prepared.kind, endpoint);
        return send(prepared, target, tokenEndpoint, NONCES).plug(answer -> new Step<>(answer, outcome::of,
                failure -> outcome.ofNone(noAnswer(target, failure))));
    }

    private Uni<Answer> send(Prepared prepared, URI target, URI tokenEndpoint, int nonces) {
        return authentication.next(tokenEndpoint).onItem().transformToUni(credentials -> {
            OutgoingRequest written = write(prepared.kind, prepared.form, prepared.headers, credentials);
            if (prepared.key.isEmpty()) {
                return api.post(target, written).onItem()
                        .transform(received -> read(prepared.kind, prepared.secrets, credentials, received));
            }
            Optional<String> nonce = this.nonces.of(target);
            String proof = prepared.key.get().proof("POST", target, Optional.empty(), nonce, clock);
            return api.post(target, written.with("DPoP", proof)).onItem().transformToUni(received -> {
                Answer answer = read(prepared.kind, prepared.secrets, credentials, received).hiding(proof);
                boolean another = remember(target, nonce, received);
                return another && nonces > 0 && wantsNonce(answer) ? send(prepared, target, tokenEndpoint, nonces - 1)
                        : Uni.createFrom().item(answer);
            });
        });
    }

    /** @return a secret that the server must not be quoted with */
    static List<String> texts(Secret secret) {
        return List.of(secret.value());
    }

    /** @return one or two secrets that the server must not be quoted with */
    static List<String> texts(Secret first, Optional<Secret> second) {
        return second.map(more -> List.of(first.value(), more.value())).orElseGet(() -> texts(first));
    }

    /** @return whether the server took the request for nothing but a reason to name a nonce (RFC 9449 §8) */
    static boolean wantsNonce(Answer answer) {
        return answer.text("error").filter("use_dpop_nonce"::equals).isPresent();
    }

    private Answer read(Kind kind, List<String> secrets, Credentials credentials, Response response) {
        Answer answer = answers.read(response);
        Answer adapted = (adapter == ProviderAdapter.STANDARD ? answer
                : answer.as(adapter.answer(kind, new ProviderAnswer(answer.status(), answer.members())))).flattened();
        for (String secret : secrets) {
            adapted = adapted.hiding(secret);
        }
        for (String secret : credentials.secrets()) {
            adapted = adapted.hiding(secret);
        }
        return bearerToken.isPresent() ? adapted.hiding(bearerToken.get()) : adapted;
    }

    private boolean remember(URI server, Optional<String> used, Response response) {
        return nonces.remember(server, used, Optional.ofNullable(response.getHeaderString("DPoP-Nonce")));
    }

    /** Reads something from the server, without credentials. */
    Uni<Answer> get(URI resource) {
        return unusable(resource, api.get(resource, null, null).onItem().transform(answers::read));
    }

    /** Reads something from the server, with an access token and the proof that belongs to it. */
    Uni<Answer> get(URI resource, Tokens tokens) {
        return unusable(resource, get(resource, tokens, NONCES));
    }

    private Uni<Answer> get(URI resource, Tokens tokens, int nonces) {
        return Uni.createFrom().deferred(() -> {
            Optional<String> nonce = this.nonces.of(resource);
            Optional<String> proof = tokens.dpopProof("GET", resource, nonce);
            return api.get(resource, tokens.authorizationHeader(), proof.orElse(null))
                    .onItem().transformToUni(response -> {
                        boolean challenged = proof.isPresent() && remember(resource, nonce, response)
                                && response.getStatus() == 401 && nonces > 0;
                        return challenged ? get(resource, tokens, nonces - 1) : Uni.createFrom().item(() -> {
                            Answer answer = answers.read(response).hiding(tokens.accessToken().value());
                            return proof.map(answer::hiding).orElse(answer);
                        });
                    });
        });
    }

    private Uni<Answer> unusable(URI endpoint, Uni<Answer> answer) {
        return answer.onFailure().transform(failure -> noAnswer(endpoint, failure));
    }

    private AuthorizationServerException noAnswer(URI endpoint, Throwable failure) {
        return failure instanceof AuthorizationServerException known ? known : unusable.noAnswer(endpoint, failure);
    }
}
