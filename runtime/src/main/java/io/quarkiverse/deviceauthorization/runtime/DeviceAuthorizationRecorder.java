package io.quarkiverse.deviceauthorization.runtime;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.runtime.config.DeviceAuthorizationRuntimeConfig;
import io.quarkiverse.deviceauthorization.runtime.config.OwnKeys;
import io.quarkiverse.deviceauthorization.runtime.config.StartupCheck;
import io.quarkiverse.deviceauthorization.runtime.token.TokenVault;
import io.quarkus.arc.ActiveResult;
import io.quarkus.arc.Arc;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;

/** What the build steps leave for the start. */
@Recorder
public class DeviceAuthorizationRecorder {

    private final RuntimeValue<DeviceAuthorizationRuntimeConfig> config;

    public DeviceAuthorizationRecorder(RuntimeValue<DeviceAuthorizationRuntimeConfig> config) {
        this.config = config;
    }

    /** What is written is read once, for everybody who asks. */
    public RuntimeValue<StartupCheck> startupCheck() {
        return new RuntimeValue<>(new StartupCheck(config.getValue()));
    }

    public void check(RuntimeValue<StartupCheck> check, List<String> injected, List<String> sent, List<String> keysOfClients,
            List<String> otherKeys) {
        check.getValue().check(injected, sent, new OwnKeys(ConfigKeys.PREFIX, keysOfClients, otherKeys));
    }

    public Supplier<ActiveResult> checkActive(RuntimeValue<StartupCheck> check, String name) {
        return () -> check.getValue().active(name);
    }

    public Function<SyntheticCreationalContext<DeviceAuthorization>, DeviceAuthorization> blocking(String name) {
        return context -> new BlockingClient(client(context, name));
    }

    public Function<SyntheticCreationalContext<ReactiveDeviceAuthorization>, ReactiveDeviceAuthorization> reactive(
            String name) {
        return context -> client(context, name);
    }

    public void takeOver(RuntimeValue<StartupCheck> check, List<String> clients) {
        DeviceAuthorizationClients all = Arc.container().instance(DeviceAuthorizationClients.class).get();
        clients.stream().filter(name -> check.getValue().active(name).value()).forEach(all::takeOver);
    }

    private static ReactiveClient client(SyntheticCreationalContext<?> context, String name) {
        return new ReactiveClient(context.getInjectedReference(DeviceAuthorizationClients.class).client(name),
                TokenVault.DEFAULT_OWNER);
    }
}
