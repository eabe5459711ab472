package io.quarkiverse.deviceauthorization.web.deployment;

import java.util.ArrayList;
import java.util.List;

import io.quarkiverse.deviceauthorization.deployment.ClientBuildItem;
import io.quarkiverse.deviceauthorization.deployment.KeysOfExtension;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigProblem;
import io.quarkiverse.deviceauthorization.web.runtime.DeviceAuthorizationWebFixedConfig;
import io.quarkiverse.deviceauthorization.web.runtime.DeviceAuthorizationWebRecorder;
import io.quarkiverse.deviceauthorization.web.runtime.EventStreams;
import io.quarkiverse.deviceauthorization.web.runtime.SignInPages;
import io.quarkiverse.deviceauthorization.web.runtime.SignInPart;
import io.quarkiverse.deviceauthorization.web.runtime.WebConfigCheck;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.arc.deployment.ValidationPhaseBuildItem.ValidationErrorBuildItem;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.deployment.annotations.ExecutionTime;
import io.quarkus.deployment.annotations.Record;
import io.quarkus.deployment.builditem.ConfigurationBuildItem;
import io.quarkus.deployment.builditem.FeatureBuildItem;
import io.quarkus.deployment.builditem.ShutdownListenerBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourcePatternsBuildItem;
import io.quarkus.runtime.RuntimeValue;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.deployment.HttpRootPathBuildItem;
import io.quarkus.vertx.http.deployment.RouteBuildItem;

/** Adds a page for each of the clients that shall have one. */
@BuildSteps(onlyIf = DeviceAuthorizationWebEnabled.class)
class DeviceAuthorizationWebProcessor {

    @BuildStep
    FeatureBuildItem feature() {
        return new FeatureBuildItem("device-authorization-web");
    }

    @BuildStep
    AdditionalBeanBuildItem pages() {
        return AdditionalBeanBuildItem.unremovableOf(SignInPages.class);
    }

    /** Nothing may inject them but the page. */
    @BuildStep
    void clients(DeviceAuthorizationWebFixedConfig config, BuildProducer<ClientBuildItem> clients) {
        config.clients().forEach(name -> clients.produce(new ClientBuildItem(name)));
    }

    @BuildStep
    void check(DeviceAuthorizationWebFixedConfig config, ConfigurationBuildItem configuration,
            BuildProducer<ValidationErrorBuildItem> errors) {
        List<ConfigProblem> wrong = new ArrayList<>(WebConfigCheck.wrong(config));
        wrong.addAll(KeysOfExtension.of(configuration, WebConfigCheck.PREFIX).misspelt());
        if (!wrong.isEmpty()) {
            errors.produce(new ValidationErrorBuildItem(new ConfigurationException(
                    KeysOfExtension.text("The configuration of the sign-in page is wrong:", wrong))));
        }
    }

    @BuildStep
    @Record(ExecutionTime.RUNTIME_INIT)
    ShutdownListenerBuildItem routes(DeviceAuthorizationWebRecorder recorder, DeviceAuthorizationWebFixedConfig config,
            ConfigurationBuildItem configuration, HttpRootPathBuildItem root, BuildProducer<RouteBuildItem> routes) {
        recorder.check(KeysOfExtension.of(configuration, WebConfigCheck.PREFIX).others());
        RuntimeValue<EventStreams> streams = recorder.streams();
        if (WebConfigCheck.wrong(config).isEmpty()) {
            for (String client : config.clients()) {
                String page = SignInPart.page(config.path(), client);
                for (SignInPart part : SignInPart.values()) {
                    HttpRootPathBuildItem.Builder route = root.routeBuilder().route(part.path(page))
                            .handler(recorder.part(client, part, streams));
                    if (part == SignInPart.PAGE) {
                        route.displayOnNotFoundPage("Device sign-in");
                    }
                    routes.produce(route.build());
                }
            }
        }
        return new ShutdownListenerBuildItem(recorder.shutdown(streams));
    }

    @BuildStep
    NativeImageResourcePatternsBuildItem resources() {
        return NativeImageResourcePatternsBuildItem.builder()
                .includeGlobs("io/quarkiverse/deviceauthorization/web/runtime/page/*",
                        "io/quarkiverse/deviceauthorization/web/runtime/texts/*", "META-INF/device-authorization-web/*")
                .build();
    }
}
