package io.quarkiverse.deviceauthorization.runtime.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;

@DisplayName("A step on the way of an answer")
class StepTest {

    private final List<UniEmitter<? super String>> server = new ArrayList<>();
    private final Uni<String> answer = Uni.createFrom().emitter(server::add);

    private static <T> UniAssertSubscriber<T> subscribe(Uni<T> uni) {
        return uni.subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    @Test
    @DisplayName("makes something of what comes, or of the failure to come")
    void both() {
        Step<String, Integer> length = new Step<>(answer, String::length, failure -> -1);
        UniAssertSubscriber<Integer> first = subscribe(length);
        UniAssertSubscriber<Integer> second = subscribe(length);
        server.get(0).complete("four");
        server.get(1).fail(new IllegalStateException("No answer"));

        assertThat(first.getItem()).isEqualTo(4);
        assertThat(second.getItem()).isEqualTo(-1);
    }

    @Test
    @DisplayName("fails where an Error is thrown on it, also on the thread of a server: nobody waits for ever")
    void errors() {
        Function<Object, Object> broken = anything -> {
            throw new NoSuchMethodError("of another version");
        };
        UniAssertSubscriber<Object> first = subscribe(new Step<String, Object>(answer, broken, broken::apply));
        UniAssertSubscriber<Object> second = subscribe(new Step<String, Object>(answer, broken, broken::apply));
        server.get(0).complete("a");
        server.get(1).fail(new IllegalStateException("No answer"));

        first.assertFailedWith(NoSuchMethodError.class, "of another version");
        second.assertFailedWith(NoSuchMethodError.class, "of another version");
    }

    @Test
    @DisplayName("does nothing any more for who has gone")
    void cancelled() {
        List<String> seen = new ArrayList<>();
        UniAssertSubscriber<Boolean> gone = subscribe(new Step<String, Boolean>(answer, seen::add, failure -> false));
        gone.cancel();
        server.get(0).complete("late");

        assertThat(seen).isEmpty();
        gone.assertNotTerminated();
    }

    @Test
    @DisplayName("tells what is done at the end, and of a failure, once: also when nobody wants to know any more")
    void ends() {
        List<String> told = new ArrayList<>();
        Uni<String> watched = Step.atFailure(Step.atEnd(answer, () -> told.add("end")),
                problem -> told.add(problem.getMessage()));
        UniAssertSubscriber<String> first = subscribe(watched);
        UniAssertSubscriber<String> second = subscribe(watched);
        UniAssertSubscriber<String> third = subscribe(watched);
        server.get(0).complete("a");
        assertThat(told).containsExactly("end");
        server.get(1).fail(new IllegalStateException("No answer"));
        assertThat(told).containsExactly("end", "end", "No answer");
        third.cancel();
        assertThat(told).containsExactly("end", "end", "No answer", "end");
        assertThat(first.getItem()).isEqualTo("a");
        second.assertFailedWith(IllegalStateException.class);
    }
}
