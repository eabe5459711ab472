package io.quarkiverse.deviceauthorization.runtime;

import java.util.Optional;
import java.util.function.Function;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.runtime.protocol.AuthorizationServer;
import io.quarkiverse.deviceauthorization.runtime.protocol.DeviceCodes;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenRequest;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;

/**
 * A server as one process sees it: what it asks for tokens is answered by the test, and all else as another server does it.
 *
 * @param others answers all else
 * @param polled answers a poll
 * @param refreshed answers a refresh
 */
public record AskedServer(AuthorizationServer others, Function<StoredFlow, Uni<TokenAnswer>> polled,
        Function<Tokens, Uni<TokenAnswer>> refreshed) implements AuthorizationServer {

    @Override
    public Uni<DeviceCodes> requestCodes(AuthorizationRequest request) {
        return others.requestCodes(request);
    }

    @Override
    public TokenRequest deviceTokenRequest(StoredFlow flow) {
        return () -> Uni.createFrom().deferred(() -> polled.apply(flow));
    }

    @Override
    public Uni<Void> checkIdToken(Tokens tokens, FlowBinding binding) {
        return others.checkIdToken(tokens, binding);
    }

    @Override
    public Uni<TokenAnswer> refresh(Tokens tokens) {
        return Uni.createFrom().deferred(() -> refreshed.apply(tokens));
    }

    @Override
    public Uni<Void> revoke(Tokens tokens) {
        return others.revoke(tokens);
    }

    @Override
    public Optional<String> registration() {
        return others.registration();
    }
}
