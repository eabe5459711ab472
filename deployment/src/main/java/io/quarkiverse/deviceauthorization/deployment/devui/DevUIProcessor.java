package io.quarkiverse.deviceauthorization.deployment.devui;

import java.util.List;

import io.quarkiverse.deviceauthorization.deployment.ClientBuildItem;
import io.quarkiverse.deviceauthorization.deployment.DeviceAuthorizationEnabled;
import io.quarkiverse.deviceauthorization.runtime.dev.DeviceAuthorizationJsonRpcService;
import io.quarkiverse.deviceauthorization.runtime.dev.FlowHistory;
import io.quarkus.arc.deployment.AdditionalBeanBuildItem;
import io.quarkus.deployment.Capabilities;
import io.quarkus.deployment.Capability;
import io.quarkus.deployment.IsLocalDevelopment;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.annotations.BuildSteps;
import io.quarkus.devui.spi.JsonRPCProvidersBuildItem;
import io.quarkus.devui.spi.page.CardPageBuildItem;
import io.quarkus.devui.spi.page.Page;

/** The card of the Dev UI, its pages, and what they call. An application without HTTP has no Dev UI, and nothing of this. */
@BuildSteps(onlyIf = { DeviceAuthorizationEnabled.class, IsLocalDevelopment.class })
class DevUIProcessor {

    @BuildStep
    CardPageBuildItem card(List<ClientBuildItem> clients) {
        CardPageBuildItem card = new CardPageBuildItem();
        card.addPage(Page.webComponentPageBuilder()
                .title("Clients")
                .icon("font-awesome-solid:id-card")
                .componentLink("qwc-device-authorization-clients.js")
                .staticLabel(String.valueOf(clients.stream().map(ClientBuildItem::name).distinct().count())));
        card.addPage(Page.webComponentPageBuilder()
                .title("Flows")
                .icon("font-awesome-solid:mobile-screen-button")
                .componentLink("qwc-device-authorization-flows.js")
                .streamingLabelJsonRPCMethodName("streamWaiting"));
        card.addPage(Page.webComponentPageBuilder()
                .title("Tokens")
                .icon("font-awesome-solid:key")
                .componentLink("qwc-device-authorization-tokens.js"));
        card.addPage(Page.webComponentPageBuilder()
                .title("Development server")
                .icon("font-awesome-solid:clapperboard")
                .componentLink("qwc-device-authorization-dev-server.js"));
        return card;
    }

    @BuildStep
    void service(Capabilities capabilities, BuildProducer<JsonRPCProvidersBuildItem> providers,
            BuildProducer<AdditionalBeanBuildItem> beans) {
        if (capabilities.isPresent(Capability.VERTX_HTTP)) {
            providers.produce(new JsonRPCProvidersBuildItem(DeviceAuthorizationJsonRpcService.class));
            beans.produce(AdditionalBeanBuildItem.unremovableOf(FlowHistory.class));
        }
    }
}
