package io.quarkiverse.deviceauthorization.web.runtime;

import io.quarkus.arc.Arc;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** One part of a page. What the page needs is made when it is first asked for: most starts of an application see none. */
final class SignInRoute implements Handler<RoutingContext> {

    private final String client;
    private final SignInPart part;
    private final EventStreams streams;
    private volatile SignInPage page;

    SignInRoute(String client, SignInPart part, EventStreams streams) {
        this.client = client;
        this.part = part;
        this.streams = streams;
    }

    @Override
    public void handle(RoutingContext context) {
        SignInPage known = page;
        if (known == null) {
            known = Arc.container().instance(SignInPages.class).get().page(client, streams);
            page = known;
        }
        known.handle(part, context);
    }
}
