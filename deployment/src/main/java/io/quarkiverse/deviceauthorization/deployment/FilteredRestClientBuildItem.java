package io.quarkiverse.deviceauthorization.deployment;

import java.util.SortedSet;
import java.util.TreeSet;

import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.jandex.DotName;

import io.quarkus.arc.processor.BeanDeploymentValidator;
import io.quarkus.builder.item.MultiBuildItem;

/** A REST client, some or all of whose calls are sent with tokens. */
public final class FilteredRestClientBuildItem extends MultiBuildItem {

    private static final DotName REST_CLIENT = DotName.createSimple(RestClient.class);

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

    /** @return whether nobody injects it. One that is built in code may still be used */
    boolean isRemoved(BeanDeploymentValidator.ValidationContext context) {
        return context.removedBeans().stream()
                .filter(bean -> bean.getQualifiers().stream().anyMatch(qualifier -> qualifier.name().equals(REST_CLIENT)))
                .anyMatch(bean -> bean.getTypes().stream().anyMatch(type -> type.name().equals(restClient)));
    }
}
