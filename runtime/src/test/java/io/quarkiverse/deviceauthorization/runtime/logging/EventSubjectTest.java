package io.quarkiverse.deviceauthorization.runtime.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;

@DisplayName("What is logged by observers")
class EventSubjectTest {

    private static final Map<Class<?>, Object> SAMPLES = Map.of(Instant.class, Instant.EPOCH, Duration.class, Duration.ZERO,
            int.class, 1);

    static Stream<Class<?>> events() {
        return Arrays.stream(DeviceAuthorizationEvent.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("events")
    @DisplayName("is about the flow of the event, whatever event it is; about none where the event is about tokens")
    void flow(Class<? extends DeviceAuthorizationEvent> kind) throws ReflectiveOperationException {
        RecordComponent[] components = kind.getRecordComponents();
        Object[] values = Arrays.stream(components)
                .map(component -> SAMPLES.getOrDefault(component.getType(), "the " + component.getName())).toArray();
        DeviceAuthorizationEvent event = kind.getDeclaredConstructor(
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new)).newInstance(values);

        boolean ofFlow = Arrays.stream(components).anyMatch(component -> component.getName().equals("id"));
        assertThat(EventSubject.flow(event)).isEqualTo(ofFlow ? "the id" : null);
    }
}
