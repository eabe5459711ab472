package io.quarkiverse.deviceauthorization.redis.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.quarkiverse.deviceauthorization.redis.runtime.RedisAuthorizationStore;

@DisplayName("A native executable has the scripts that run in Redis:")
class NativeResourcesTest {

    private static final String PACKAGE = "io/quarkiverse/deviceauthorization/redis/runtime/";

    private final List<String> patterns = new DeviceAuthorizationRedisProcessor().scripts().getIncludePatterns();

    @ParameterizedTest
    @ValueSource(strings = { "replace-flow.lua", "replace-tokens.lua", "take-lease.lua", "probe.lua" })
    void scripts(String script) {
        assertThat(RedisAuthorizationStore.class.getResource(script)).isNotNull();
        assertThat(patterns).anyMatch((PACKAGE + script)::matches);
    }
}
