package io.quarkiverse.deviceauthorization.runtime.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.runtime.ForwardingStore;
import io.quarkiverse.deviceauthorization.runtime.LoggedWarnings;
import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.smallrye.mutiny.Uni;

@DisplayName("Several that look at flows")
class TelemetriesTest {

    private static final AuthorizationStore STORE = new ForwardingStore();
    private static final Uni<TokenAnswer> REQUEST = Uni.createFrom().nothing();

    /** What comes of those who look at something and leave it as it is. */
    private static final Map<Class<?>, Object> RESULTS = Map.of(AuthorizationStore.class, STORE, Telemetry.Scope.class,
            Telemetry.Scope.NONE, Telemetry.Caller.class, Telemetry.Caller.UNKNOWN, Optional.class, Optional.empty());

    private final List<String> told = new ArrayList<>();

    static Stream<Method> everything() {
        // in an order that stays the same, so that each of them can be run again
        return Arrays.stream(Telemetry.class.getMethods()).filter(Method::isDefault)
                .sorted(Comparator.comparing(Method::toString));
    }

    @Test
    @DisplayName("are nobody when there is none")
    void none() {
        assertThat(Telemetries.of(List.of())).isSameAs(Telemetry.NONE);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("are all told, one after the other, also when some of them fail")
    @MethodSource("everything")
    void allAreTold(Method method) throws ReflectiveOperationException {
        Telemetry all = Telemetries.of(List.of(one("first", null), one("second", new IllegalStateException("No meter")),
                one("third", new NoSuchMethodError("of another version")), one("fourth", null)));

        Object result;
        try (LoggedWarnings logged = LoggedWarnings.andAllElse(Telemetries.class.getName())) {
            result = method.invoke(all, Arrays.stream(method.getParameters()).map(TelemetriesTest::argument).toArray());
            assertThat(logged.messages).as("for who looks for the fault").containsExactly(
                    "Something that looks at flows failed",
                    "Something that looks at flows failed");
        }

        assertThat(told).containsExactly("first " + method.getName(), "second " + method.getName(),
                "third " + method.getName(), "fourth " + method.getName());
        if (RESULTS.containsKey(method.getReturnType())) {
            assertThat(result).as("what is looked at").isSameAs(RESULTS.get(method.getReturnType()));
        } else {
            assertThat(method.getReturnType()).isIn(void.class, Uni.class);
        }
    }

    @Test
    @DisplayName("surround what is done, which is done once, also when some of them fail before or after it")
    void scopes() {
        Telemetry all = Telemetries.of(List.of(surrounding(work -> {
            throw new NoSuchMethodError("of another version");
        }), surrounding(work -> {
            told.add("begin");
            work.run();
            told.add("end");
        }), surrounding(work -> {
            work.run();
            throw new IllegalStateException("No context");
        })));
        for (Telemetry.Scope scope : List.of(all.of(null), all.polling(null), all.telling(null))) {
            told.clear();
            scope.run(() -> told.add("work"));
            assertThat(told).containsExactly("begin", "work", "end");
        }
    }

    @Test
    @DisplayName("leave it to whoever wants something done to hear what that throws")
    void failingWork() {
        Telemetry.Scope scope = Telemetries.of(List.of(surrounding(Runnable::run), surrounding(work -> {
            throw new IllegalStateException("No context");
        }))).of(null);
        for (Throwable problem : List.of(new IllegalArgumentException("of the work"), new AssertionError("of the work"))) {
            told.clear();
            assertThatThrownBy(() -> scope.run(() -> {
                told.add("work");
                fail(problem);
            })).isSameAs(problem);
            assertThat(told).containsExactly("work");
        }
    }

    private static void fail(Throwable problem) {
        if (problem instanceof Error error) {
            throw error;
        }
        throw (RuntimeException) problem;
    }

    private static Telemetry surrounding(Telemetry.Scope scope) {
        return new Telemetry() {
            @Override
            public Scope of(PendingAuthorization flow) {
                return scope;
            }

            @Override
            public Scope polling(PendingAuthorization flow) {
                return scope;
            }

            @Override
            public Scope telling(DeviceAuthorizationEvent event) {
                return scope;
            }
        };
    }

    private static Object argument(Parameter parameter) {
        Class<?> type = parameter.getType();
        return type == String.class ? "tv"
                : type == Supplier.class ? (Supplier<?>) () -> REQUEST
                        : type == AuthorizationStore.class ? STORE
                                : type == IntSupplier.class ? (IntSupplier) () -> 1 : null;
    }

    private Telemetry one(String name, Throwable failure) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            told.add(name + " " + method.getName());
            if (failure != null) {
                throw failure;
            }
            try {
                return method.invoke(Telemetry.NONE, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        };
        return (Telemetry) Proxy.newProxyInstance(Telemetry.class.getClassLoader(), new Class<?>[] { Telemetry.class },
                handler);
    }
}
