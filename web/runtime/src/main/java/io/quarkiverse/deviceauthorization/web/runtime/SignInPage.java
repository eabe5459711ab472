package io.quarkiverse.deviceauthorization.web.runtime;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkus.arc.InactiveBeanException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** The page of one client. This node keeps nothing about it: what there is to know is in the cookie and in the store. */
final class SignInPage {

    private static final Logger LOG = Logger.getLogger(SignInPage.class);

    /** For how long a page waits for an answer of the authorization server before it is shown without. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration LATER = Duration.ofMinutes(1);

    private final String client;
    private final DeviceAuthorizationWebConfig config;
    private final Visitors visitors;
    private final PageWriter writer;
    private final StartLimit limit;
    private final EventStreams streams;
    private final Clock clock;
    private final SecurityHeaders headers;
    private final Cookies cookies;
    private final Texts.Languages languages;
    private final Asset style = new Asset("style.css", "text/css; charset=utf-8");
    private final Asset script = new Asset("script.js", "text/javascript; charset=utf-8");

    SignInPage(String client, DeviceAuthorizationWebConfig config, Visitors visitors, PageWriter writer, StartLimit limit,
            EventStreams streams, Clock clock) {
        this.client = client;
        this.config = config;
        this.visitors = visitors;
        this.writer = writer;
        this.limit = limit;
        this.streams = streams;
        this.clock = clock;
        this.headers = new SecurityHeaders(config.frameAncestors().orElse(List.of()));
        this.cookies = Cookies.of(config, client);
        this.languages = new Texts.Languages(config.locale());
    }

    void handle(SignInPart part, RoutingContext context) {
        HttpServerRequest request = context.request();
        headers.addTo(context.response().headers());
        if (!part.accepts(request.method())) {
            context.response().setStatusCode(405).putHeader(HttpHeaders.ALLOW, part.allowed()).end();
            return;
        }
        switch (part) {
            case PAGE -> page(context);
            case FRAGMENT -> answer(visit(part, context), this::look);
            case EVENTS -> events(visit(part, context));
            case START, CANCEL -> form(part, context);
            case STYLE -> style.send(request);
            case SCRIPT -> script.send(request);
        }
    }

    private Visit visit(SignInPart part, RoutingContext context) {
        return new Visit(part, context, cookies, writer,
                languages.preferred(context.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE)));
    }

    private void page(RoutingContext context) {
        String path = context.request().path();
        if (path.endsWith("/")) { // relative addresses would be wrong there
            context.response().setStatusCode(308).putHeader(HttpHeaders.LOCATION,
                    "../" + SignInPart.lastSegment(SignInPart.PAGE.pageOf(path)).orElse("")).end();
        } else {
            answer(visit(SignInPart.PAGE, context), this::look);
        }
    }

    private void form(SignInPart part, RoutingContext context) {
        HttpServerRequest request = context.request();
        if (!OwnForms.isForm(request)) {
            context.response().setStatusCode(415).putHeader(HttpHeaders.ACCEPT, OwnForms.TYPE).end();
            return;
        }
        if (!request.isEnded()) {
            request.setExpectMultipart(true);
        }
        request.end().map(read -> {
            Visit visit = visit(part, context);
            if (visit.isOwnForm()) {
                answer(visit, part == SignInPart.START ? this::start : this::cancel);
            } else {
                visit.show(View.of(Notice.STALE));
            }
            return read;
        }).onFailure(context::fail);
        request.resume();
    }

    /** What one can do for the owner whose request it is. */
    @FunctionalInterface
    private interface Action {

        Uni<View> of(ReactiveDeviceAuthorization client, Visit visit);
    }

    private void answer(Visit visit, Action action) {
        visitors.client(visit.context()).onItem()
                .transformToUni(known -> known.map(owners -> action.of(owners, visit))
                        .orElseGet(() -> Uni.createFrom().item(View.of(Notice.NOBODY))))
                .onFailure().recoverWithItem(problem -> failed(visit, problem))
                .onItem().invoke(visit::show)
                .subscribe().with(shown -> {
                }, visit.context()::fail);
    }

    private View failed(Visit visit, Throwable problem) {
        Notice notice = Notice.of(problem);
        if (notice.status() == 503) {
            visit.retryAfter(LATER);
        }
        if (problem instanceof DeviceAuthorizationException || problem instanceof InactiveBeanException) {
            LOG.warnf("The sign-in page of client '%s' can't do what it should: %s", client, problem.getMessage());
        } else {
            LOG.errorf(problem, "The sign-in page of client '%s' can't do what it should", client);
        }
        return View.of(notice);
    }

    private Uni<View> look(ReactiveDeviceAuthorization client, Visit visit) {
        Uni<View> known = visit.flow().map(id -> find(client, id)).orElseGet(() -> Uni.createFrom().item(View.NONE));
        return known.onItem().transformToUni(view -> view.state() == State.NONE && config.autoStart() && visit.isOpened()
                ? start(client, visit)
                : Uni.createFrom().item(view));
    }

    private Uni<View> find(ReactiveDeviceAuthorization client, String id) {
        return client.resume(id).onItem().transformToUni(found -> found
                .map(flow -> soon(client.poll(flow)).onItem().transform(result -> View.of(state(result, flow), flow)))
                .orElseGet(() -> Uni.createFrom().item(View.NONE)));
    }

    private State state(PollResult result, PendingAuthorization flow) {
        return State.of(result, flow, clock.instant());
    }

    /** Somebody looks at the page meanwhile, and it tells the rest by itself. */
    private static Uni<PollResult> soon(Uni<PollResult> answer) {
        Context own = Vertx.currentContext();
        return answer.ifNoItem().after(PATIENCE).recoverWithItem(new PollResult.Pending(Duration.ZERO, Optional.empty()))
                .emitOn(next -> own.runOnContext(nothing -> next.run()));
    }

    /** A browser has one sign-in: the new one takes the place of the one before, of which nobody sees the code any more. */
    private Uni<View> start(ReactiveDeviceAuthorization client, Visit visit) {
        Optional<Duration> wait = limit.take();
        if (wait.isPresent()) {
            visit.retryAfter(wait.get());
            return Uni.createFrom().item(View.of(Notice.TOO_MANY));
        }
        return client.start().onItem()
                .transformToUni(flow -> client.follow(flow).chain(() -> cancelFlow(client, visit)
                        .onFailure().recoverWithNull()).replaceWith(flow))
                .onItem().transform(flow -> {
                    visit.keep(flow.id());
                    return View.of(State.WAITING, flow);
                });
    }

    private Uni<View> cancel(ReactiveDeviceAuthorization client, Visit visit) {
        return cancelFlow(client, visit).chain(() -> look(client, visit));
    }

    private static Uni<Void> cancelFlow(ReactiveDeviceAuthorization client, Visit visit) {
        return visit.flow().map(id -> client.resume(id).onItem()
                .transformToUni(found -> found.map(client::cancel).orElseGet(() -> Uni.createFrom().voidItem())))
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    /** Without a sign-in there is nothing to tell: by status 204 a browser knows that it needn't ask again. */
    private void events(Visit visit) {
        if (!OwnForms.isFromHere(visit.request())) {
            visit.response().setStatusCode(403).end();
        } else if (visit.flow().isEmpty() || visit.request().method().equals(HttpMethod.HEAD)) {
            visit.response().setStatusCode(204).end();
        } else {
            visitors.client(visit.context()).onItem().transformToUni(known -> known
                    .map(owners -> owners.resume(visit.flow().get()).onItem()
                            .invoke(found -> found.ifPresentOrElse(flow -> stream(visit, owners, flow),
                                    () -> visit.response().setStatusCode(204).end()))
                            .replaceWithVoid())
                    .orElseGet(() -> Uni.createFrom().voidItem().invoke(() -> visit.response().setStatusCode(403).end())))
                    .subscribe().with(told -> {
                    }, problem -> {
                        visit.retryAfter(LATER);
                        visit.response().setStatusCode(Notice.of(problem).status()).end();
                    });
        }
    }

    private void stream(Visit visit, ReactiveDeviceAuthorization owners, PendingAuthorization flow) {
        if (visit.response().closed()) {
            return;
        }
        Function<PollResult, State> states = result -> state(result, flow);
        EventStream stream = new EventStream(visit, () -> owners.poll(flow), states, config.heartbeat());
        if (streams.add(flow.id(), stream, config.maxConnections())) {
            stream.begin(() -> streams.remove(flow.id(), stream));
        } else {
            visit.retryAfter(LATER);
            visit.response().setStatusCode(503).end();
        }
    }
}
