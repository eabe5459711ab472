package io.quarkiverse.deviceauthorization.deployment;

import java.util.SortedSet;
import java.util.TreeSet;

import org.jboss.jandex.DotName;

import io.quarkus.builder.item.MultiBuildItem;

/** A REST client, some or all of whose calls are sent with tokens. */
public final class FilteredRestClientBuildItem extends MultiBuildItem {

    private final DotName restClient;
    private final SortedSet<String> clients;
    private final SortedSet<DotName> interfaces;

    /**
     * @param restClient its interface
     * @param clients the names of the clients whose tokens are sent
     * @param interfaces the interfaces that annotations were looked for in: its own, and those it is made of
     */
    FilteredRestClientBuildItem(DotName restClient, SortedSet<String> clients, SortedSet<DotName> interfaces) {
        this.restClient = restClient;
        this.clients = new TreeSet<>(clients);
        this.interfaces = new TreeSet<>(interfaces);
    }

    public DotName restClient() {
        return restClient;
    }

    public SortedSet<String> clients() {
        return clients;
    }

    public SortedSet<DotName> interfaces() {
        return interfaces;
    }

    /** @return the name of the generated filter, which may see what its REST client may see */
    String filter() {
        return restClient + "_DeviceAuthorizationFilter";
    }
}
