package io.quarkiverse.deviceauthorization.devserver;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

import io.quarkiverse.deviceauthorization.devserver.Step.Answer;
import io.quarkiverse.deviceauthorization.devserver.Step.Decision;
import io.quarkiverse.deviceauthorization.devserver.Step.LoseAnswer;
import io.quarkiverse.deviceauthorization.devserver.Step.PollAnswer;

/** The script of one server: a queue of steps for each endpoint. */
final class QueuedScript implements Script {

    private static final String GATEWAY_PAGE = "<!DOCTYPE html><html lang=\"en\"><title>%1$d</title><h1>%1$d</h1></html>";

    private final Settings settings;
    private final DeviceFlows flows;
    private final Counters counters;
    private final Deque<IdTokenFlaw> idTokenFlaws = new ArrayDeque<>();
    private final Map<Endpoint, Deque<Step>> queues = new EnumMap<>(Endpoint.class);

    QueuedScript(Settings settings, DeviceFlows flows, Counters counters) {
        this.settings = settings;
        this.flows = flows;
        this.counters = counters;
        for (Endpoint endpoint : Endpoint.values()) {
            queues.put(endpoint, new ArrayDeque<>());
        }
    }

    @Override
    public Script pending(int times) {
        return add(Endpoint.TOKEN, PollAnswer.PENDING, times);
    }

    @Override
    public Script slowDown() {
        return add(Endpoint.TOKEN, PollAnswer.SLOW_DOWN, 1);
    }

    @Override
    public Script approve(String user) {
        User by = settings.user(user);
        return decide("approve " + user, flow -> flow.approve(by, now()));
    }

    @Override
    public Script approve(String userCode, String user) {
        User by = settings.user(user);
        return decideNow(userCode, (flow, now) -> flow.approve(by, now));
    }

    @Override
    public Script deny() {
        return decide("deny", flow -> flow.deny(now()));
    }

    @Override
    public Script deny(String userCode) {
        return decideNow(userCode, DeviceFlow::deny);
    }

    @Override
    public Script expire() {
        return decide("expire", flow -> flow.expire(now()));
    }

    @Override
    public Script expire(String userCode) {
        return decideNow(userCode, DeviceFlow::expire);
    }

    @Override
    public Script fail(Endpoint endpoint, int status, int times) {
        return add(endpoint, new Answer(Response.of(requireStatus(status), "text/html", GATEWAY_PAGE.formatted(status))),
                times);
    }

    @Override
    public Script dropConnection(Endpoint endpoint) {
        return add(endpoint, new Answer(Response.drop()), 1);
    }

    @Override
    public Script loseAnswer(Endpoint endpoint) {
        return add(endpoint, new LoseAnswer(), 1);
    }

    @Override
    public Script answer(Endpoint endpoint, int status, String contentType, String body) {
        return add(endpoint, new Answer(Response.of(requireStatus(status), contentType, body)), 1);
    }

    @Override
    public synchronized Script flawIdToken(IdTokenFlaw flaw) {
        idTokenFlaws.add(flaw);
        return this;
    }

    synchronized Optional<IdTokenFlaw> nextIdTokenFlaw() {
        return Optional.ofNullable(idTokenFlaws.poll());
    }

    @Override
    public synchronized Script reset() {
        queues.values().forEach(Deque::clear);
        idTokenFlaws.clear();
        flows.forgetAll();
        counters.reset();
        return this;
    }

    private Instant now() {
        return settings.clock().instant();
    }

    private static int requireStatus(int status) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("No HTTP status: " + status);
        }
        return status;
    }

    private synchronized Script add(Endpoint endpoint, Step step, int times) {
        if (times < 1) {
            throw new IllegalArgumentException("times must be 1 or more: " + times);
        }
        for (int i = 0; i < times; i++) {
            queues.get(endpoint).add(step);
        }
        return this;
    }

    private synchronized Script decide(String name, Consumer<DeviceFlow> effect) {
        add(Endpoint.TOKEN, new Decision(name, effect), 1);
        applyDecisions();
        return this;
    }

    private synchronized Script decideNow(String userCode, BiPredicate<DeviceFlow, Instant> decision) {
        if (flows.byUserCode(userCode).filter(flow -> decision.test(flow, now())).isEmpty()) {
            throw new IllegalArgumentException("No pending flow has the user code " + userCode);
        }
        return this;
    }

    private void applyDecisions() {
        Deque<Step> queue = queues.get(Endpoint.TOKEN);
        while (queue.peek() instanceof Decision decision) {
            List<DeviceFlow> pending = flows.pending();
            if (pending.isEmpty()) {
                return;
            }
            queue.remove();
            pending.forEach(decision.effect());
        }
    }

    /** The handler, with the faults that the script has for its endpoint. */
    Handler faulty(Endpoint endpoint, Handler handler) {
        return request -> {
            Optional<Step> fault = nextFault(endpoint);
            if (fault.isPresent() && fault.get() instanceof Answer answer) {
                return answer.response();
            }
            Response response = answered(handler, request);
            return fault.isPresent() ? Response.drop() : response;
        };
    }

    private Response answered(Handler handler, Request request) {
        try {
            return handler.handle(request);
        } catch (OAuthException error) {
            return error.response(settings.wire());
        }
    }

    private synchronized Optional<Step> nextFault(Endpoint endpoint) {
        if (endpoint == Endpoint.TOKEN) {
            applyDecisions();
        }
        Deque<Step> queue = queues.get(endpoint);
        boolean fault = queue.peek() instanceof Answer || queue.peek() instanceof LoseAnswer;
        return fault ? Optional.of(queue.remove()) : Optional.empty();
    }

    /** Answers a poll, if that is the next step. */
    void answerFor(DeviceFlow flow) {
        nextPollAnswer().ifPresent(answer -> {
            throw answer.error(flow);
        });
    }

    private synchronized Optional<PollAnswer> nextPollAnswer() {
        Deque<Step> queue = queues.get(Endpoint.TOKEN);
        if (queue.peek() instanceof PollAnswer answer) {
            queue.remove();
            return Optional.of(answer);
        }
        return Optional.empty();
    }

    /** What is still to come, by endpoint. */
    synchronized Map<String, List<String>> queued() {
        Map<String, List<String>> queued = new LinkedHashMap<>();
        queues.forEach((endpoint, queue) -> {
            if (!queue.isEmpty()) {
                queued.put(endpoint.name().toLowerCase(Locale.ROOT), queue.stream().map(Step::toString).toList());
            }
        });
        if (!idTokenFlaws.isEmpty()) {
            queued.put("id_token", idTokenFlaws.stream().map(flaw -> flaw.name().toLowerCase(Locale.ROOT)).toList());
        }
        return queued;
    }
}
