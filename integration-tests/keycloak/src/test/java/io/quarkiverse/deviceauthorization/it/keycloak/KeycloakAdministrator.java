package io.quarkiverse.deviceauthorization.it.keycloak;

import java.time.Instant;
import java.util.Map;

import io.restassured.RestAssured;
import io.restassured.common.mapper.TypeRef;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;

/** Does what an administrator of the realm does, by Keycloak's administration API. */
final class KeycloakAdministrator {

    private final String adminUrl;
    private final KeycloakEndpoints endpoints;

    KeycloakAdministrator(String realmUrl) {
        this.adminUrl = realmUrl.replace("/realms/", "/admin/realms/");
        this.endpoints = new KeycloakEndpoints(realmUrl);
    }

    /** Sets <em>Refresh Token Max Reuse</em>: how often a refresh token may be used again. */
    void setMaxReuse(int times) {
        change("refreshTokenMaxReuse", times);
    }

    /** Makes all tokens invalid that were issued before a time, for whole seconds. */
    void setNotBefore(Instant time) {
        change("notBefore", time.getEpochSecond());
    }

    /** Sends all settings: Keycloak takes the polling interval of device codes for reset when it is left out. */
    private void change(String setting, Object value) {
        Map<String, Object> realm = request().get(adminUrl).then().statusCode(200).extract().as(new TypeRef<>() {
        });
        realm.put(setting, value);
        request().contentType(ContentType.JSON).body(realm).put(adminUrl).then().statusCode(204);
    }

    /** Returns how many sign-ins with {@code offline_access} a client has that are not over. */
    int offlineSessions(String clientId) {
        String id = request().queryParam("clientId", clientId).get(adminUrl + "/clients").then().statusCode(200).extract()
                .path("[0].id");
        return request().get(adminUrl + "/clients/" + id + "/offline-session-count").then().statusCode(200).extract()
                .<Number> path("count").intValue();
    }

    /** Ends a sign-in with {@code offline_access}. */
    void endOfflineSession(String id) {
        request().queryParam("isOffline", true).delete(adminUrl + "/sessions/" + id).then().statusCode(204);
    }

    private RequestSpecification request() {
        return RestAssured.given().header("Authorization", "Bearer " + endpoints.accessTokenOf("administrator"));
    }
}
