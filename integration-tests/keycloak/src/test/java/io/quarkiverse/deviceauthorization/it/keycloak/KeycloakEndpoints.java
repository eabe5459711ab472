package io.quarkiverse.deviceauthorization.it.keycloak;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** The endpoints of a realm, asked without the extension: to prove the harness, and to look behind the extension's back. */
final class KeycloakEndpoints {

    private final String openIdConnect;

    KeycloakEndpoints(String realmUrl) {
        this.openIdConnect = realmUrl + "/protocol/openid-connect";
    }

    Response deviceAuthorization(String clientId, String scope) {
        return form().formParam("client_id", clientId).formParam("scope", scope).post(openIdConnect + "/auth/device");
    }

    Response deviceToken(String clientId, String deviceCode) {
        return form().formParam("client_id", clientId)
                .formParam("grant_type", "urn:ietf:params:oauth:grant-type:device_code")
                .formParam("device_code", deviceCode)
                .post(openIdConnect + "/token");
    }

    Response refresh(String clientId, String refreshToken) {
        return form().formParam("client_id", clientId)
                .formParam("grant_type", "refresh_token")
                .formParam("refresh_token", refreshToken)
                .post(openIdConnect + "/token");
    }

    Response revoke(String clientId, String token) {
        return form().formParam("client_id", clientId).formParam("token", token).post(openIdConnect + "/revoke");
    }

    Response userInfo(String accessToken) {
        return RestAssured.given().auth().oauth2(accessToken).get(openIdConnect + "/userinfo");
    }

    /** Returns the name of the person whom an access token was issued for. */
    String userOf(String accessToken) {
        return userInfo(accessToken).then().statusCode(200).extract().path("preferred_username");
    }

    private static RequestSpecification form() {
        return RestAssured.given().accept("application/json").contentType("application/x-www-form-urlencoded; charset=UTF-8");
    }
}
