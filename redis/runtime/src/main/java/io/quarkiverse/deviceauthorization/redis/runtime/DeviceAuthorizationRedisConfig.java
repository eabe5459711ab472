package io.quarkiverse.deviceauthorization.redis.runtime;

import java.time.Duration;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How flows and tokens are kept in Redis. */
@ConfigMapping(prefix = "quarkus.device-authorization-redis")
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface DeviceAuthorizationRedisConfig {

    /**
     * What all keys begin with. Applications that use the same database of the same server need different ones; all nodes of
     * one application need the same. It has no braces, which tell Redis Cluster where a key belongs, and no white space.
     */
    @WithDefault("device-authorization")
    String prefix();

    /**
     * For how long an owner's tokens are kept that were neither read nor replaced. Tokens that can't be refreshed are kept
     * until ten minutes after they ended.
     */
    @WithDefault("90D")
    Duration idleTimeout();
}
