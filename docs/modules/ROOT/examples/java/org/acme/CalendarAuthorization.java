package org.acme;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.langchain4j.mcp.auth.McpClientAuthProvider;
import io.quarkiverse.langchain4j.mcp.runtime.McpClientName;

// tag::provider[]
@ApplicationScoped
@McpClientName("calendar") // <1>
public class CalendarAuthorization implements McpClientAuthProvider {

    @Inject
    DeviceAuthorization deviceAuthorization;

    @Override
    public String getAuthorization(Input request) {
        return deviceAuthorization.forOwner("lobby").tokens().authorizationHeader(); // <2>
    }
}
// end::provider[]
