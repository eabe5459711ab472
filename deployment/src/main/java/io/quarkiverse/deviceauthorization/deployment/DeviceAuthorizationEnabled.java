package io.quarkiverse.deviceauthorization.deployment;

import java.util.function.BooleanSupplier;

import io.quarkiverse.deviceauthorization.runtime.config.DeviceAuthorizationFixedConfig;

/** Whether {@code quarkus.device-authorization.enabled} leaves the extension on. */
final class DeviceAuthorizationEnabled implements BooleanSupplier {

    private final DeviceAuthorizationFixedConfig config;

    DeviceAuthorizationEnabled(DeviceAuthorizationFixedConfig config) {
        this.config = config;
    }

    @Override
    public boolean getAsBoolean() {
        return config.enabled();
    }
}
