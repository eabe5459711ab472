package io.quarkiverse.deviceauthorization.deployment;

import io.quarkus.builder.item.MultiBuildItem;

/** A client that the application injects, or whose tokens a REST client sends. */
public final class ClientBuildItem extends MultiBuildItem {

    private final String name;

    /** @param name the name of the client; {@code <default>} for the default one */
    public ClientBuildItem(String name) {
        this.name = name;
    }

    public String name() {
        return name;
    }
}
