package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.net.URI;
import java.util.function.Function;
import java.util.function.Supplier;

import jakarta.ws.rs.core.Response;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * The REST client, which is made when it is first needed. That takes a while, so no event loop waits for it: it goes on, in the
 * context of whoever wants something, when the REST client is there.
 */
final class DeferredApi {

    private final Supplier<AuthorizationServerApi> maker;
    private volatile AuthorizationServerApi made;

    /** @param maker makes the REST client, when it is first needed, or returns the one that it made */
    DeferredApi(Supplier<AuthorizationServerApi> maker) {
        this.maker = maker;
    }

    /** A REST client that can't be made as it is configured is no answer either. */
    Uni<Response> post(URI target, OutgoingRequest request) {
        AuthorizationServerApi known = made;
        if (known == null) {
            return whenMade(api -> api.post(target, request));
        }
        try {
            return known.post(target, request);
        } catch (RuntimeException e) {
            return Uni.createFrom().failure(e);
        }
    }

    /**
     * @param authorization the {@code Authorization} header, or null
     * @param proof the {@code DPoP} header, or null
     */
    Uni<Response> get(URI resource, String authorization, String proof) {
        return whenMade(api -> api.get(resource, authorization, proof));
    }

    private Uni<Response> whenMade(Function<AuthorizationServerApi, Uni<Response>> request) {
        return Uni.createFrom().deferred(() -> {
            Context caller = made == null && Context.isOnEventLoopThread() ? Vertx.currentContext() : null;
            if (caller == null) {
                return request.apply(make());
            }
            return Uni.createFrom().item(this::make).runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                    .emitOn(next -> caller.runOnContext(nothing -> next.run()))
                    .onItem().transformToUni(request::apply);
        });
    }

    private AuthorizationServerApi make() {
        AuthorizationServerApi known = made;
        if (known == null) {
            known = maker.get();
            made = known;
        }
        return known;
    }
}
