package io.quarkiverse.deviceauthorization.redis.runtime;

import java.util.List;

import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;

/** What the build steps leave for the start. */
@Recorder
public class DeviceAuthorizationRedisRecorder {

    private final RuntimeValue<DeviceAuthorizationRedisConfig> config;

    public DeviceAuthorizationRedisRecorder(RuntimeValue<DeviceAuthorizationRedisConfig> config) {
        this.config = config;
    }

    public void check(List<String> keys) {
        RedisStoreConfigCheck.check(config.getValue(), keys);
    }
}
