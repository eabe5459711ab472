package io.quarkiverse.deviceauthorization.redis.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;

@DisplayName("The commands of one connection")
class ConnectionLineTest {

    private final List<Promise<Response>> sent = new ArrayList<>();
    private boolean lost;
    private int closed;
    private final ConnectionLine line = new ConnectionLine((RedisConnection) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] { RedisConnection.class }, (proxy, method, arguments) -> {
                switch (method.getName()) {
                    case "send":
                        return send();
                    case "close":
                        closed++;
                        return Future.succeededFuture();
                    default:
                        throw new UnsupportedOperationException(method.getName());
                }
            }), 2);

    @Test
    @DisplayName("that wait are told of its loss, however many there are")
    void lost() {
        List<Future<Response>> answers = IntStream.range(0, 100_000).mapToObj(i -> command()).toList();
        List<Integer> told = new ArrayList<>();
        IntStream.range(0, answers.size()).forEach(i -> answers.get(i).onFailure(problem -> told.add(i)));
        lost = true;
        List.copyOf(sent).forEach(answer -> answer.fail("Connection lost"));

        assertThat(answers).allMatch(Future::failed);
        assertThat(told).hasSameSizeAs(answers);
        assertThat(told.stream().filter(number -> number > 1)).as("those who waited, in their order").isSorted();
        line.retire();
        assertThat(closed).isEqualTo(1);
    }

    @Test
    @DisplayName("are sent in their order, and no more of them at once than it takes")
    void limited() {
        List<Future<Response>> answers = IntStream.range(0, 5).mapToObj(i -> command()).toList();
        assertThat(sent).hasSize(2);
        sent.get(1).complete(null);
        assertThat(sent).hasSize(3);
        sent.get(0).complete(null);
        sent.get(2).complete(null);
        assertThat(sent).hasSize(5);
        assertThat(answers.stream().map(Future::isComplete)).containsExactly(true, true, true, false, false);
        line.retire();
        assertThat(closed).isZero();
        sent.get(3).complete(null);
        sent.get(4).complete(null);

        assertThat(answers).allMatch(Future::succeeded);
        assertThat(closed).isEqualTo(1);
    }

    private Future<Response> command() {
        return Objects.requireNonNull(line.send(Request.cmd(Command.PING)));
    }

    private Future<Response> send() {
        if (lost) {
            return Future.failedFuture("Connection lost");
        }
        Promise<Response> answer = Promise.promise();
        sent.add(answer);
        return answer.future();
    }
}
