package io.quarkiverse.deviceauthorization.runtime.filter;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;

import org.jboss.resteasy.reactive.client.handlers.ClientSendRequestHandler;
import org.jboss.resteasy.reactive.client.handlers.ClientSwitchToRequestContextRestHandler;
import org.jboss.resteasy.reactive.client.impl.RestClientRequestContext;
import org.jboss.resteasy.reactive.client.spi.ClientRestHandler;
import org.jboss.resteasy.reactive.client.spi.ResteasyReactiveClientRequestContext;

import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;

/**
 * One call of a REST client. Two steps are added to those that the client goes through: one before the request is sent, which
 * attaches the tokens, and one after, which sees the answer before anybody else does and may go back to where it is sent. So
 * other filters and exception mappers see one call, however often it was sent.
 */
final class AuthorizedCall {

    static final String DPOP = "DPoP";
    private static final String NONCE = "DPoP-Nonce";
    private static final int UNAUTHORIZED = 401;

    private final Authorizer authorizer;
    private final ResteasyReactiveClientRequestContext request;
    private final RestClientRequestContext context;
    private final CallerContext caller;
    private final Optional<SentHeader> left;
    private ReactiveDeviceAuthorization client;
    private int sending;
    private Tokens tokens;
    private String authorization;
    private final List<SentHeader> sent = new ArrayList<>();
    private Optional<String> nonce = Optional.empty();
    private boolean hasRepeatedForNonce;
    private boolean hasRefreshed;

    AuthorizedCall(Authorizer authorizer, ResteasyReactiveClientRequestContext request, CallerContext caller) {
        this.authorizer = authorizer;
        this.request = request;
        this.context = request.unwrap(RestClientRequestContext.class);
        this.caller = caller;
        this.left = SentHeader.find(headers(), HttpHeaders.AUTHORIZATION);
    }

    /** Adds the steps to what is left to do. */
    void insert() {
        int position = context.getPosition();
        List<ClientRestHandler> handlers = new ArrayList<>();
        for (ClientRestHandler handler : context.getHandlers()) {
            if (handler instanceof ClientSwitchToRequestContextRestHandler) {
                handlers.add(step -> attach());
                sending = handlers.size();
            }
            handlers.add(handler);
            if (handler instanceof ClientSendRequestHandler) {
                handlers.add(step -> check());
            }
        }
        context.restart(handlers.toArray(ClientRestHandler[]::new), true);
        context.setPosition(position);
    }

    private void attach() {
        if (context.isAborted() || hasOwnHeader()) {
            return; // the application has an answer, or its own idea of who calls
        }
        client = caller.call(() -> authorizer.clientFor(request));
        // a subscription that is made again uses the same headers: nobody else shall see ours there
        ClientRestHandler[] otherwise = context.getAbortHandlerChain();
        ClientRestHandler[] abort = new ClientRestHandler[otherwise.length + 1];
        abort[0] = step -> detach();
        System.arraycopy(otherwise, 0, abort, 1, otherwise.length);
        context.setAbortHandlerChain(abort);
        RedirectGuard.watch(context.getHttpClient(), request.getContext(), this);
        whenThere(client::tokens, this::attach);
    }

    private boolean hasOwnHeader() {
        return headers().getFirst(HttpHeaders.AUTHORIZATION) != null
                && SentHeader.find(headers(), HttpHeaders.AUTHORIZATION).isEmpty()
                && left.filter(header -> header.isIn(headers())).isEmpty();
    }

    private void attach(Tokens found) {
        tokens = found;
        authorization = found.authorizationHeader();
        nonce = found.isDpop() ? authorizer.nonces().of(Origin.of(context.getUri()).uri()) : Optional.empty();
        set(HttpHeaders.AUTHORIZATION, authorization);
        proof(context.getHttpMethod(), context.getUri()).ifPresent(proof -> set(DPOP, proof));
    }

    private void set(String name, String value) {
        SentHeader header = new SentHeader(name, value);
        header.set(headers());
        sent.add(header);
    }

    private void detach() {
        sent.forEach(header -> header.remove(headers()));
        sent.clear();
    }

    private MultivaluedMap<String, Object> headers() {
        return context.getRequestHeaders().getHeaders();
    }

    /** @return a proof for a request with these tokens, if they need one */
    Optional<String> proof(String method, URI resource) {
        return tokens.dpopProof(method, resource, nonce);
    }

    /** @return whether a request carries our tokens: another origin didn't get them, and configured headers go before them */
    boolean isIn(HttpClientRequest sent) {
        return authorization != null && authorization.equals(sent.headers().get(HttpHeaders.AUTHORIZATION));
    }

    private void check() {
        if (authorization == null) {
            return;
        }
        detach();
        HttpClientResponse answer = context.getVertxClientResponse();
        if (answer == null || !isIn(answer.request())) {
            return;
        }
        boolean newNonce = tokens.isDpop() && authorizer.nonces().remember(Origin.of(answer.request()).uri(), nonce,
                Optional.ofNullable(answer.getHeader(NONCE)));
        if (context.getResponseStatus() != UNAUTHORIZED) {
            return;
        }
        boolean repeatable = RepeatableBody.is(context.getEntity());
        if (newNonce && wantsNonce(answer)) {
            if (repeatable && !hasRepeatedForNonce) {
                hasRepeatedForNonce = true;
                repeat(tokens);
            }
        } else if (!hasRefreshed && !authorizer.renewed().contains(tokens)) {
            hasRefreshed = true;
            refresh(repeatable);
        }
    }

    /** RFC 9449 §9. */
    private static boolean wantsNonce(HttpClientResponse answer) {
        return answer.headers().getAll(HttpHeaders.WWW_AUTHENTICATE).stream()
                .anyMatch(challenge -> challenge.contains("use_dpop_nonce"));
    }

    /** The answer is kept until there are other tokens only where it goes to the caller. */
    private void refresh(boolean repeatable) {
        if (repeatable) {
            RefusedAnswer.discard(context);
        }
        Tokens refused = tokens;
        whenThere(() -> client.refresh(refused), newer -> {
            authorizer.renewed().add(newer);
            if (repeatable) {
                hasRepeatedForNonce = false;
                repeat(newer);
            }
        });
    }

    private void repeat(Tokens newer) {
        RefusedAnswer.discard(context);
        attach(newer);
        context.setPosition(sending);
    }

    /**
     * Suspends the call until there are tokens. If there are some already, it goes on at once, on the same thread, else in its
     * own context: who has asked first gets them for all, in a context of theirs.
     */
    private void whenThere(Supplier<Uni<Tokens>> wanted, Consumer<Tokens> use) {
        Thread caller = Thread.currentThread();
        boolean[] subscribing = { true }; // only this thread writes and reads it
        Runnable goOn = () -> {
            if (Thread.currentThread() == caller && subscribing[0]) {
                context.resume();
            } else {
                context.resume(this::runInOwnContext);
            }
        };
        context.suspend();
        Uni.createFrom().deferred(wanted::get).subscribe().with(found -> {
            if (context.isUserCanceled()) {
                RefusedAnswer.discard(context); // nobody waits for it any more
                return;
            }
            try {
                use.accept(found);
            } catch (RuntimeException e) {
                fail(e);
            }
            goOn.run();
        }, problem -> {
            fail(problem);
            goOn.run();
        });
        subscribing[0] = false;
    }

    /** As the client does when it changes to this context. */
    private void runInOwnContext(Runnable next) {
        Runnable withCaller = Infrastructure.decorate(next);
        request.getContext().runOnContext(ignored -> withCaller.run());
    }

    /** The caller gets the problem as it is, without an answer that filters could take for the reason. */
    private void fail(Throwable problem) {
        RefusedAnswer.discard(context);
        context.handleException(problem);
    }
}
