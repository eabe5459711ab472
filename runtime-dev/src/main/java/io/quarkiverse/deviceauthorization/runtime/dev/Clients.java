package io.quarkiverse.deviceauthorization.runtime.dev;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

import org.eclipse.microprofile.config.ConfigProvider;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.config.DeviceAuthorizationRuntimeConfig;
import io.quarkiverse.deviceauthorization.runtime.config.StartupCheck;
import io.quarkus.arc.ActiveResult;
import io.quarkus.arc.InjectableInstance;
import io.quarkus.arc.InstanceHandle;
import io.smallrye.config.SmallRyeConfig;

/** The clients that the application uses or that are configured. */
final class Clients {

    private final DeviceAuthorizationRuntimeConfig config;
    private final InjectableInstance<DeviceAuthorization> beans;

    /** @param beans of all names */
    Clients(DeviceAuthorizationRuntimeConfig config, InjectableInstance<DeviceAuthorization> beans) {
        this.config = config;
        this.beans = beans;
    }

    /** @return all of them; the default one only if there is something to say about it */
    List<ClientView> views() {
        NavigableSet<String> used = used();
        NavigableSet<String> names = new TreeSet<>(used);
        names.addAll(config.clients().keySet());
        List<ClientView> views = new ArrayList<>();
        for (String name : names) {
            EffectiveConfig effective = effective(name);
            Optional<String> problem = problem(name, used);
            if (name.equals(DeviceAuthorizationName.DEFAULT) && problem.isPresent() && names.size() > 1
                    && !effective.isWritten()) {
                continue; // every application could look it up, and this one has others
            }
            views.add(new ClientView(name, problem.isEmpty(), problem.orElse(null), effective.isDevService(),
                    effective.settings()));
        }
        return views;
    }

    /** @return the names of the clients that people can sign in by */
    List<String> usable() {
        NavigableSet<String> used = used();
        return used.stream().filter(name -> problem(name, used).isEmpty()).toList();
    }

    /**
     * @return the client for this owner
     * @throws IllegalArgumentException if it can't be used, with the reason
     */
    DeviceAuthorization client(String name, String owner) {
        requireUsable(name);
        return beans.select(DeviceAuthorizationName.Literal.of(name)).get().forOwner(owner);
    }

    /** @throws IllegalArgumentException if the client can't be used, with the reason */
    void requireUsable(String name) {
        problem(name, used()).ifPresent(problem -> {
            throw new IllegalArgumentException(problem);
        });
    }

    boolean isDevService(String name) {
        return effective(name).isDevService();
    }

    /** @return the URL of the Dev Service; empty if no client has it for its server */
    Optional<String> devService() {
        return usable().stream().filter(this::isDevService)
                .flatMap(name -> config.clients().get(name).authServerUrl().stream()).map(Object::toString).findFirst();
    }

    private Optional<String> problem(String name, NavigableSet<String> used) {
        ActiveResult active = new StartupCheck(config).active(name);
        if (!active.value()) {
            return Optional.ofNullable(active.inactiveReason());
        }
        return used.contains(name) ? Optional.empty()
                : Optional.of("The application does not use " + ConfigKeys.describe(name)
                        + ": nothing injects it, and no REST client sends its tokens");
    }

    private NavigableSet<String> used() {
        NavigableSet<String> names = new TreeSet<>();
        for (InstanceHandle<DeviceAuthorization> handle : beans.handles()) {
            handle.getBean().getQualifiers().stream().filter(DeviceAuthorizationName.class::isInstance)
                    .map(name -> ((DeviceAuthorizationName) name).value()).forEach(names::add);
        }
        return names;
    }

    private EffectiveConfig effective(String name) {
        Optional<ClientSettings> settings = new StartupCheck(config).active(name).value()
                ? Optional.of(ClientSettings.of(name, config.clients().get(name)))
                : Optional.empty();
        return new EffectiveConfig(name, ConfigProvider.getConfig().unwrap(SmallRyeConfig.class), settings);
    }
}
