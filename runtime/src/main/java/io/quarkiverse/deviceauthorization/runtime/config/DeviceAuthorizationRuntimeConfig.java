package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.Map;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkus.runtime.annotations.ConfigDocMapKey;
import io.quarkus.runtime.annotations.ConfigDocSection;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefaults;
import io.smallrye.config.WithParentName;
import io.smallrye.config.WithUnnamedKey;

/** The clients: the default one, and any number of named ones. */
@ConfigMapping(prefix = "quarkus.device-authorization")
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface DeviceAuthorizationRuntimeConfig {

    /** The clients. */
    @ConfigDocSection
    @ConfigDocMapKey("name")
    @WithParentName
    @WithUnnamedKey(DeviceAuthorizationName.DEFAULT)
    @WithDefaults
    Map<String, ClientConfig> clients();
}
