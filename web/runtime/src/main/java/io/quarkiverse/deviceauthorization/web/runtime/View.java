package io.quarkiverse.deviceauthorization.web.runtime;

import java.util.Optional;

import io.quarkiverse.deviceauthorization.PendingAuthorization;

/**
 * What is to be shown.
 *
 * @param state how far the sign-in is
 * @param flow what the person needs, as long as it is pending
 * @param notice what could not be done
 */
record View(State state, Optional<PendingAuthorization> flow, Optional<Notice> notice) {

    static final View NONE = new View(State.NONE, Optional.empty(), Optional.empty());

    static View of(State state, PendingAuthorization flow) {
        return new View(state, Optional.of(flow), Optional.empty());
    }

    static View of(Notice notice) {
        return new View(State.NONE, Optional.empty(), Optional.of(notice));
    }

    int status() {
        return notice.map(Notice::status).orElse(200);
    }
}
