package io.quarkiverse.deviceauthorization.it.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What happens to one sign-in.
 *
 * @param number which it is
 * @param start when it starts
 * @param decision what somebody decides
 * @param decideAfter when, after its start
 * @param awaited whether somebody waits for the outcome, on some node
 * @param refreshes how often its tokens are refreshed afterwards
 */
record Plan(int number, Duration start, Decision decision, Duration decideAfter, boolean awaited, int refreshes) {

    /** What somebody decides, and how often. */
    enum Decision {
        APPROVE(70),
        DENY(10),
        CANCEL(10),
        EXPIRE(5),
        /** Both, at the same time: one of them counts. */
        APPROVE_AND_CANCEL(5);

        private final int percent;

        Decision(int percent) {
            this.percent = percent;
        }

        private static Decision by(Random random) {
            int left = random.nextInt(100);
            for (Decision decision : values()) {
                left -= decision.percent;
                if (left < 0) {
                    return decision;
                }
            }
            return APPROVE;
        }
    }

    private static final Duration SOONEST = Duration.ofMillis(200);
    private static final Duration LATEST = Duration.ofSeconds(10);
    private static final int MOST_REFRESHES = 3;

    /** @param time how long it takes until the last one starts */
    static List<Plan> make(int flows, Duration time, Random random) {
        List<Plan> plans = new ArrayList<>();
        for (int number = 1; number <= flows; number++) {
            Duration start = share(random.nextDouble(), time);
            Duration decideAfter = SOONEST.plus(share(random.nextDouble(), LATEST.minus(SOONEST)));
            plans.add(new Plan(number, start, Decision.by(random), decideAfter, random.nextInt(4) == 0,
                    random.nextInt(4) == 0 ? 1 + random.nextInt(MOST_REFRESHES) : 0));
        }
        return plans;
    }

    /** All start at once, and are approved at some time. */
    static List<Plan> approvals(int flows, Duration latest, Random random) {
        List<Plan> plans = new ArrayList<>();
        for (int number = 1; number <= flows; number++) {
            plans.add(new Plan(number, Duration.ZERO, Decision.APPROVE, share(random.nextDouble(), latest), false, 0));
        }
        return plans;
    }

    static Duration share(double share, Duration most) {
        return Duration.ofNanos((long) (share * most.toNanos()));
    }
}
