package io.quarkiverse.deviceauthorization.deployment;

import java.util.function.BooleanSupplier;

import io.quarkiverse.deviceauthorization.runtime.config.DeviceAuthorizationFixedConfig;

/** Whether {@code quarkus.device-authorization.enabled} leaves the extension on. */
public final class DeviceAuthorizationEnabled implements BooleanSupplier {

    private final DeviceAuthorizationFixedConfig config;

    public DeviceAuthorizationEnabled(DeviceAuthorizationFixedConfig config) {
        this.config = config;
    }

    @Override
    public boolean getAsBoolean() {
        return config.enabled();
    }
}
