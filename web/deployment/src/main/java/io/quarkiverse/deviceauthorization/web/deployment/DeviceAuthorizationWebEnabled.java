package io.quarkiverse.deviceauthorization.web.deployment;

import java.util.function.BooleanSupplier;

import io.quarkiverse.deviceauthorization.runtime.config.DeviceAuthorizationFixedConfig;
import io.quarkiverse.deviceauthorization.web.runtime.DeviceAuthorizationWebFixedConfig;

/** Whether {@code quarkus.device-authorization-web.enabled} and {@code quarkus.device-authorization.enabled} leave it on. */
public final class DeviceAuthorizationWebEnabled implements BooleanSupplier {

    private final DeviceAuthorizationWebFixedConfig config;
    private final DeviceAuthorizationFixedConfig all;

    public DeviceAuthorizationWebEnabled(DeviceAuthorizationWebFixedConfig config, DeviceAuthorizationFixedConfig all) {
        this.config = config;
        this.all = all;
    }

    @Override
    public boolean getAsBoolean() {
        return config.enabled() && all.enabled();
    }
}
