package io.quarkiverse.deviceauthorization.runtime.devservices;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.eclipse.microprofile.config.spi.ConfigSource;

import io.quarkus.devservices.crossclassloader.runtime.RunningDevServicesRegistry;
import io.quarkus.devservices.crossclassloader.runtime.RunningService;
import io.quarkus.runtime.LaunchMode;

/** What the running Dev Service says about its server, which is known only once it has started. */
final class DevServiceConfigSource implements ConfigSource {

    private static final String FEATURE = "device-authorization";

    /** Below {@code application.properties}: what somebody has written goes before. */
    private static final int ORDINAL = 240;

    private final LaunchMode launchMode;

    DevServiceConfigSource(LaunchMode launchMode) {
        this.launchMode = launchMode;
    }

    @Override
    public Set<String> getPropertyNames() {
        Set<String> names = new HashSet<>();
        for (RunningService service : services()) {
            names.addAll(provided(service).keySet());
        }
        return names;
    }

    @Override
    public String getValue(String name) {
        for (RunningService service : services()) {
            String value = provided(service).get(name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private Set<RunningService> services() {
        Set<RunningService> running = RunningDevServicesRegistry.INSTANCE.getAllRunningServices(launchMode.name());
        return running == null ? Set.of() : running;
    }

    private static Map<String, String> provided(RunningService service) {
        return FEATURE.equals(service.feature()) ? service.configs() : Map.of();
    }

    @Override
    public String getName() {
        return "Dev Service for device authorization";
    }

    @Override
    public int getOrdinal() {
        return ORDINAL;
    }
}
