package io.quarkiverse.deviceauthorization.runtime.devservices;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.configuration.ConfigBuilder;
import io.smallrye.config.SmallRyeConfigBuilder;

/**
 * Publishes what the Dev Service says about its server, in dev and test mode only. {@code quarkus-devservices} would do so too,
 * but in production as well, where it makes a random number at the start for nobody.
 */
public final class DevServiceConfigBuilder implements ConfigBuilder {

    @Override
    public SmallRyeConfigBuilder configBuilder(SmallRyeConfigBuilder builder) {
        return builder.withSources(new DevServiceConfigSource(LaunchMode.current()));
    }
}
