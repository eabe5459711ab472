package io.quarkiverse.deviceauthorization.deployment;

import io.quarkiverse.deviceauthorization.runtime.config.StartupCheck;
import io.quarkus.builder.item.SimpleBuildItem;
import io.quarkus.runtime.RuntimeValue;

/** Who is asked at run time whether a client can be used: one for all, so that the configuration is read once. */
final class StartupCheckBuildItem extends SimpleBuildItem {

    private final RuntimeValue<StartupCheck> check;

    StartupCheckBuildItem(RuntimeValue<StartupCheck> check) {
        this.check = check;
    }

    RuntimeValue<StartupCheck> check() {
        return check;
    }
}
