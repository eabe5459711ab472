package io.quarkiverse.deviceauthorization.runtime.endpoint;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;

/** What is made of an answer, or of none. */
interface Outcome<T> {

    /** The answer itself; none is a failure. */
    Outcome<Answer> ANSWER = answer -> answer;

    /** @return what the answer means */
    T of(Answer answer);

    /** @return what it means that there is none; unless something is made of that, it is a failure */
    default T ofNone(AuthorizationServerException reason) {
        throw reason;
    }
}
