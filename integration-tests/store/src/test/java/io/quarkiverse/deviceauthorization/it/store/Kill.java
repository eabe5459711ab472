package io.quarkiverse.deviceauthorization.it.store;

import java.util.Optional;

import io.quarkiverse.deviceauthorization.it.store.Journal.Refresh;
import io.quarkiverse.deviceauthorization.it.store.StoredFiles.StoredRefresh;

/**
 * A process that was killed, and what it left behind.
 *
 * @param run which it was
 * @param micros when it was killed
 * @param before what was stored when it started
 * @param after what was stored when it was gone
 */
record Kill(String run, long micros, Optional<StoredRefresh> before, Optional<StoredRefresh> after) {

    /** Where in a refresh a process was killed. */
    enum Moment {
        IDLE("between two refreshes"),
        BEFORE_REQUEST("refresh noted, no request yet"),
        UNDER_WAY("request under way"),
        ANSWERED("answered, not stored");

        final String text;

        Moment(String text) {
            this.text = text;
        }
    }

    /** Once the server has seen whatever this process had sent. */
    Moment moment(Journal journal) {
        Optional<Refresh> last = request(journal);
        if (last.isPresent()) {
            return last.get().answeredBefore(micros) ? Moment.ANSWERED : Moment.UNDER_WAY;
        }
        boolean noted = after.flatMap(StoredRefresh::refreshStarted).isPresent();
        return noted && !after.equals(before) ? Moment.BEFORE_REQUEST : Moment.IDLE;
    }

    /** The request with the refresh token that is still stored, if it has sent one. */
    private Optional<Refresh> request(Journal journal) {
        return after.flatMap(stored -> journal.by(run).stream()
                .filter(refresh -> refresh.spent.equals(stored.refreshToken())).findFirst());
    }

    /** Whether the server has given it a new refresh token which is not stored. */
    boolean lostAnswer(Journal journal) {
        return request(journal).flatMap(Refresh::issued).isPresent();
    }
}
