package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import jakarta.ws.rs.Produces;
import jakarta.ws.rs.client.ClientRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Format;

@DisplayName("The headers of every request")
class RequestHeadersTest {

    @Test
    @DisplayName("N8: say that JSON is wanted, and that nothing may be stored")
    void acceptJsonAndStoreNothing() {
        for (Method method : AuthorizationServerApi.class.getDeclaredMethods()) {
            assertThat(method.getAnnotation(Produces.class).value()).as("Accept of %s", method.getName())
                    .containsExactly(MediaType.APPLICATION_JSON);
        }
        assertThat(filtered(new RequestHeaders(Map.of()), null).getFirst("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    @DisplayName("are those of the configuration, unless the request has others of the same name")
    void requestBeforeConfiguration() {
        MultivaluedMap<String, Object> headers = filtered(new RequestHeaders(Map.of("X-Tenant", "home", "User-Agent", "tv")),
                new OutgoingRequest(Format.FORM, new byte[0], Map.of("X-Tenant", "garden")));
        assertThat(headers.getFirst("X-Tenant")).isEqualTo("garden");
        assertThat(headers.getFirst("User-Agent")).isEqualTo("tv");
    }

    private static MultivaluedMap<String, Object> filtered(RequestHeaders filter, OutgoingRequest request) {
        MultivaluedMap<String, Object> headers = new MultivaluedHashMap<>();
        Map<String, Object> answers = new HashMap<>(Map.of("getHeaders", headers));
        answers.put("getEntity", request);
        filter.filter((ClientRequestContext) Proxy.newProxyInstance(RequestHeadersTest.class.getClassLoader(),
                new Class<?>[] { ClientRequestContext.class },
                (proxy, method, arguments) -> Optional.ofNullable(answers.get(method.getName())).orElse(null)));
        return headers;
    }
}
