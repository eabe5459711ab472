package io.quarkiverse.deviceauthorization.redis.deployment;

import java.util.function.BooleanSupplier;

import io.quarkiverse.deviceauthorization.redis.runtime.DeviceAuthorizationRedisFixedConfig;
import io.quarkiverse.deviceauthorization.runtime.config.DeviceAuthorizationFixedConfig;

/** Whether {@code quarkus.device-authorization-redis.enabled} and {@code quarkus.device-authorization.enabled} leave it on. */
public final class DeviceAuthorizationRedisEnabled implements BooleanSupplier {

    private final DeviceAuthorizationRedisFixedConfig config;
    private final DeviceAuthorizationFixedConfig all;

    public DeviceAuthorizationRedisEnabled(DeviceAuthorizationRedisFixedConfig config, DeviceAuthorizationFixedConfig all) {
        this.config = config;
        this.all = all;
    }

    @Override
    public boolean getAsBoolean() {
        return config.enabled() && all.enabled();
    }
}
