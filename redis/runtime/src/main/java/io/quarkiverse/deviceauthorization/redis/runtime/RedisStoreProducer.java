package io.quarkiverse.deviceauthorization.redis.runtime;

import java.lang.annotation.Annotation;
import java.time.Clock;
import java.util.function.Supplier;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Default;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.DeviceAuthorizationRuntimeConfig;
import io.quarkiverse.deviceauthorization.runtime.credentials.ConfiguredEncryption;
import io.quarkus.arc.ActiveResult;
import io.quarkus.arc.DefaultBean;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.arc.InstanceHandle;
import io.quarkus.credentials.runtime.CredentialsProviderFinder;
import io.quarkus.redis.client.RedisClientName;
import io.quarkus.redis.runtime.client.config.RedisClientConfig;
import io.quarkus.redis.runtime.client.config.RedisConfig;
import io.vertx.redis.client.Redis;

/**
 * Makes the store. The Redis client is looked for when something is first stored or read, and not when the application starts.
 */
@Singleton
public class RedisStoreProducer {

    /** Redis takes them one after the other; more of them wait here, and not in buffers of the network. */
    private static final int MOST_UNANSWERED = 1024;

    /** An application that has a store of its own keeps flows and tokens there. */
    @Produces
    @Singleton
    @DefaultBean
    RedisAuthorizationStore store(DeviceAuthorizationRedisFixedConfig fixed, DeviceAuthorizationRedisConfig config,
            DeviceAuthorizationRuntimeConfig clients, RedisConfig redis, @Any InjectableInstance<Redis> beans) {
        String redisClient = fixed.clientName().orElse(RedisConfig.DEFAULT_CLIENT_NAME);
        RedisFailures failures = new RedisFailures(redisClient);
        RedisClientConfig redisConfig = redis.clients().get(redisClient);
        return new RedisAuthorizationStore(
                new RedisCommands(bean(redisClient, beans, failures), failures, redisConfig.timeout(),
                        Math.min(MOST_UNANSWERED, redisConfig.maxWaitingHandlers())),
                config.prefix(), config.idleTimeout(),
                client -> ConfiguredEncryption.of(ClientSettings.of(client, clients.clients().get(client)),
                        CredentialsProviderFinder::find),
                Clock.systemUTC());
    }

    private static Supplier<Redis> bean(String redisClient, InjectableInstance<Redis> beans, RedisFailures failures) {
        Annotation qualifier = RedisConfig.isDefaultClient(redisClient) ? Default.Literal.INSTANCE
                : RedisClientName.Literal.of(redisClient);
        InjectableInstance<Redis> mine = beans.select(qualifier);
        return () -> {
            InstanceHandle<Redis> handle = mine.getHandle();
            ActiveResult active = handle.getBean().checkActive();
            if (!active.value()) {
                throw failures.inactive(active.inactiveReason());
            }
            return handle.get();
        };
    }
}
