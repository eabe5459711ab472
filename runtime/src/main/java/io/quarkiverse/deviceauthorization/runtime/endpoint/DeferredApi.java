package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.net.URI;
import java.util.function.Function;
import java.util.function.Supplier;

import jakarta.ws.rs.core.Response;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.EmptyUniSubscription;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.operators.AbstractUni;
import io.smallrye.mutiny.operators.UniOperator;
import io.smallrye.mutiny.operators.uni.UniOperatorProcessor;
import io.smallrye.mutiny.subscription.UniSubscriber;
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
            return whenMade(api -> new ToTheEnd(api.post(target, request)));
        }
        try {
            return new ToTheEnd(known.post(target, request));
        } catch (RuntimeException e) {
            return Uni.createFrom().failure(e);
        }
    }

    /**
     * @param authorization the {@code Authorization} header, or null
     * @param proof the {@code DPoP} header, or null
     */
    Uni<Response> get(URI resource, String authorization, String proof) {
        return whenMade(api -> new ToTheEnd(api.get(resource, authorization, proof)));
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

    /**
     * A request that goes on when nobody waits for its answer any more, until its time is over. The REST client would reset it,
     * also where its answer has just been read: that closes the connection, on which the next request may be under way, and the
     * tokens of somebody else may be in the answer to that.
     */
    private static final class ToTheEnd extends UniOperator<Response, Response> {

        private ToTheEnd(Uni<Response> request) {
            super(request);
        }

        @Override
        public void subscribe(UniSubscriber<? super Response> subscriber) {
            AbstractUni.subscribe(upstream(), new UniOperatorProcessor<Response, Response>(subscriber) {
                @Override
                public void cancel() {
                    getAndSetUpstreamSubscription(EmptyUniSubscription.CANCELLED);
                }

                @Override
                public void onFailure(Throwable failure) {
                    if (!isCancelled()) {
                        super.onFailure(failure);
                    }
                }
            });
        }
    }
}
