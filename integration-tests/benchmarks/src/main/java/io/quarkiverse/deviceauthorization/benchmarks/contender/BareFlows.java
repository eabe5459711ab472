package io.quarkiverse.deviceauthorization.benchmarks.contender;

import java.util.ArrayDeque;
import java.util.Queue;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;

/**
 * A device code and a timer of Vert.x for each flow, all on one event loop, and as many polls under way at once as the
 * extension allows itself: without a limit, a hundred thousand flows end in timeouts.
 */
final class BareFlows implements PendingFlows {

    private static final int MAX_IN_FLIGHT = 256;

    private final BareApi api;
    private final Vertx vertx;
    private final Context context;
    private final Queue<Flow> waiting = new ArrayDeque<>();
    private int inFlight;
    private volatile int generation;

    BareFlows(BareApi api, Vertx vertx) {
        this.api = api;
        this.vertx = vertx;
        this.context = ((ContextInternal) vertx.getOrCreateContext()).unwrap();
    }

    private record Flow(String deviceCode, int interval, int generation) {
    }

    @Override
    public Uni<Void> begin() {
        return api.start(Parameters.CLIENT_ID, Parameters.SCOPE).onItem().invoke(answer -> {
            Flow flow = new Flow(answer.getEntity().deviceCode(), answer.getEntity().interval(), generation);
            context.runOnContext(nothing -> arm(flow));
        }).replaceWithVoid();
    }

    private void arm(Flow flow) {
        vertx.setTimer(1000L * flow.interval, timer -> due(flow));
    }

    private void due(Flow flow) {
        if (flow.generation != generation) {
            return;
        }
        if (inFlight == MAX_IN_FLIGHT) {
            waiting.add(flow);
        } else {
            inFlight++;
            poll(flow);
        }
    }

    private void poll(Flow flow) {
        api.poll(Parameters.GRANT_TYPE, flow.deviceCode, Parameters.CLIENT_ID).onItem()
                .transform(answer -> answer.readEntity(TokenAnswer.class).error()).subscribe().with(
                        error -> context.runOnContext(nothing -> answered(flow, error)),
                        problem -> context.runOnContext(nothing -> answered(flow, problem.toString())));
    }

    private void answered(Flow flow, String error) {
        if (!"authorization_pending".equals(error)) {
            System.err.println("Unexpected answer: " + error);
        }
        arm(flow);
        Flow next = waiting.poll();
        if (next != null) {
            poll(next);
        } else {
            inFlight--;
        }
    }

    @Override
    public void end() {
        generation++;
    }
}
