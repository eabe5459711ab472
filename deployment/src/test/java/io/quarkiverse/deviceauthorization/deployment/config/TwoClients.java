package io.quarkiverse.deviceauthorization.deployment.config;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkus.arc.Unremovable;

/** Uses the default client and one that is named {@code tv}. Nobody uses this bean, so Arc would remove it. */
@Singleton
@Unremovable
class TwoClients {

    @Inject
    DeviceAuthorization client;

    @Inject
    @DeviceAuthorizationName("tv")
    ReactiveDeviceAuthorization tv;
}
