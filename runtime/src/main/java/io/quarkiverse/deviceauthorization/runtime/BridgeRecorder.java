package io.quarkiverse.deviceauthorization.runtime;

import java.lang.annotation.Annotation;
import java.util.function.Function;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.util.TypeLiteral;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.runtime.config.DeviceAuthorizationRuntimeConfig;
import io.quarkiverse.deviceauthorization.runtime.mcp.DeviceAuthorizationMcpClientAuthProvider;
import io.quarkiverse.deviceauthorization.runtime.oidcclient.DeviceAuthorizationOidcClient;
import io.quarkus.arc.SyntheticCreationalContext;
import io.quarkus.oidc.client.OidcClient;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;

/**
 * Beans for other extensions. No signature here names a type of theirs, so that this class can be loaded where they are not.
 */
@Recorder
public class BridgeRecorder {

    private static final TypeLiteral<Instance<DeviceAuthorization>> BLOCKING = new TypeLiteral<>() {
    };
    private static final TypeLiteral<Instance<ReactiveDeviceAuthorization>> REACTIVE = new TypeLiteral<>() {
    };

    private final RuntimeValue<DeviceAuthorizationRuntimeConfig> config;

    public BridgeRecorder(RuntimeValue<DeviceAuthorizationRuntimeConfig> config) {
        this.config = config;
    }

    public Function<SyntheticCreationalContext<Object>, Object> oidcClient(String name) {
        return context -> new DeviceAuthorizationOidcClient(context.getInjectedReference(REACTIVE, named(name)).get(),
                config.getValue().clients().get(name));
    }

    public Function<SyntheticCreationalContext<Object>, Object> oidcTokens(String name) {
        return context -> context.getInjectedReference(new TypeLiteral<Instance<OidcClient>>() {
        }, named(name)).get().getTokens().await().indefinitely();
    }

    public Function<SyntheticCreationalContext<Object>, Object> mcpClientAuthProvider(String name) {
        return context -> new DeviceAuthorizationMcpClientAuthProvider(name,
                context.getInjectedReference(BLOCKING, named(name)).get(),
                context.getInjectedReference(REACTIVE, named(name)).get());
    }

    private static Annotation named(String name) {
        return DeviceAuthorizationName.Literal.of(name);
    }
}
