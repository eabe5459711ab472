package io.quarkiverse.deviceauthorization.web.runtime;

import java.util.List;

import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What is decided when the application is built. */
@ConfigMapping(prefix = "quarkus.device-authorization-web")
@ConfigRoot(phase = ConfigPhase.BUILD_AND_RUN_TIME_FIXED)
public interface DeviceAuthorizationWebFixedConfig {

    /** Whether there is a sign-in page. When there is none, nothing of this extension is in the application. */
    @WithDefault("true")
    boolean enabled();

    /**
     * Where the page is. Without a slash at the beginning, it is below {@code quarkus.http.root-path}.
     */
    @WithDefault("sign-in")
    String path();

    /**
     * The clients that have a page, by their names; {@code <default>} is the default client. That one's page is at the path;
     * the page of any other is one level below it, under the name of the client: {@code /sign-in/yoto}.
     */
    @WithDefault("<default>")
    List<String> clients();
}
