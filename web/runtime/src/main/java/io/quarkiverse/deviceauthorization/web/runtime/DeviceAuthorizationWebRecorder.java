package io.quarkiverse.deviceauthorization.web.runtime;

import java.util.List;

import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.annotations.Recorder;
import io.quarkus.runtime.shutdown.ShutdownListener;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** What the build steps leave for the start. */
@Recorder
public class DeviceAuthorizationWebRecorder {

    private final RuntimeValue<DeviceAuthorizationWebConfig> config;

    public DeviceAuthorizationWebRecorder(RuntimeValue<DeviceAuthorizationWebConfig> config) {
        this.config = config;
    }

    public void check(List<String> keys) {
        WebConfigCheck.check(config.getValue(), keys);
    }

    public RuntimeValue<EventStreams> streams() {
        return new RuntimeValue<>(new EventStreams());
    }

    public ShutdownListener shutdown(RuntimeValue<EventStreams> streams) {
        return streams.getValue();
    }

    public Handler<RoutingContext> part(String client, SignInPart part, RuntimeValue<EventStreams> streams) {
        return new SignInRoute(client, part, streams.getValue());
    }
}
