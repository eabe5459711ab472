package io.quarkiverse.deviceauthorization.redis.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.deployment.nativeimage.ResourceFolder;
import io.quarkiverse.deviceauthorization.redis.runtime.RedisAuthorizationStore;

@DisplayName("A native executable")
class NativeResourcesTest {

    private static final String PACKAGE = "io/quarkiverse/deviceauthorization/redis/runtime";

    private final List<String> patterns = new DeviceAuthorizationRedisProcessor().scripts().getIncludePatterns();

    @Test
    @DisplayName("has every script that runs in Redis")
    void scripts() throws IOException, URISyntaxException {
        assertThat(ResourceFolder.files(RedisAuthorizationStore.class, PACKAGE)).contains(PACKAGE + "/probe.lua")
                .allMatch(script -> patterns.stream().anyMatch(script::matches));
    }
}
