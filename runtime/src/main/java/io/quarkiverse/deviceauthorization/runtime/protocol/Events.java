package io.quarkiverse.deviceauthorization.runtime.protocol;

import java.util.function.Consumer;

import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;

/** Takes what happens. */
@FunctionalInterface
public interface Events extends Consumer<DeviceAuthorizationEvent> {

    /**
     * @param kind what happens often, such as that a server answers "pending"
     * @return false if nobody would hear of it, so that it need not be told; true while that is not known yet
     */
    default boolean wants(Class<? extends DeviceAuthorizationEvent> kind) {
        return true;
    }
}
