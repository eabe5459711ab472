package io.quarkiverse.deviceauthorization.it.keycloak;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.restassured.common.mapper.TypeRef;

/**
 * What Keycloak itself has noted about the requests of a client: its events, asked for with the administration API. A token
 * request that is still pending leaves none, nor does a device authorization request that succeeds.
 */
final class KeycloakEvents {

    /** One event, with the members that tests look at. A request that was refused has a type that ends in {@code _ERROR}. */
    record Event(Instant time, String type, Optional<String> error, Map<String, String> details) {

        /** Returns how the client authenticated: Keycloak's name of the authenticator. */
        String clientAuthMethod() {
            return details.get("client_auth_method");
        }

        /** Returns the {@code jti} of the client assertion that came with the request. */
        String assertionId() {
            return details.get("client_assertion_id");
        }

        /** Returns the {@code jti} of the refresh token that was used. */
        String refreshTokenId() {
            return details.get("refresh_token_id");
        }

        /** Returns the {@code jti} of the refresh token that was issued for one that was used. */
        String nextRefreshTokenId() {
            return details.get("updated_refresh_token_id");
        }
    }

    private static final int ALL = 10_000;

    private final KeycloakEndpoints endpoints;

    KeycloakEvents(KeycloakEndpoints endpoints) {
        this.endpoints = endpoints;
    }

    /** Returns the events of one client from a time on, the newest first. */
    List<Event> of(String clientId, Instant since) {
        List<Map<String, Object>> events = endpoints.events(clientId, ALL).then().statusCode(200).extract()
                .as(new TypeRef<>() {
                });
        return events.stream().map(KeycloakEvents::event).filter(event -> !event.time().isBefore(since)).toList();
    }

    @SuppressWarnings("unchecked")
    private static Event event(Map<String, Object> members) {
        return new Event(Instant.ofEpochMilli(((Number) members.get("time")).longValue()), (String) members.get("type"),
                Optional.ofNullable((String) members.get("error")),
                (Map<String, String>) members.getOrDefault("details", Map.of()));
    }
}
