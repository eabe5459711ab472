package io.quarkiverse.deviceauthorization.it.keycloak;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

import io.restassured.RestAssured;
import io.restassured.config.RestAssuredConfig;
import io.restassured.config.SSLConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;

/** The endpoints of a realm, asked without the extension: to prove the harness, and to look behind the extension's back. */
final class KeycloakEndpoints {

    private static final String CLIENT_ID = "client_id";

    private final String realmUrl;
    private final String openIdConnect;
    private final SSLConfig tls;
    private final Map<String, String> parameters;
    private final Map<String, String> headers;

    KeycloakEndpoints(String realmUrl) {
        this(realmUrl, new SSLConfig().trustStore(TestKeys.ofThisRun().load("trust.p12")), Map.of(), Map.of());
    }

    private KeycloakEndpoints(String realmUrl, SSLConfig tls, Map<String, String> parameters, Map<String, String> headers) {
        this.realmUrl = realmUrl;
        this.openIdConnect = realmUrl + "/protocol/openid-connect";
        this.tls = tls;
        this.parameters = parameters;
        this.headers = headers;
    }

    /** Returns the same endpoints, where each form has one parameter more. */
    KeycloakEndpoints with(String parameter, String value) {
        return new KeycloakEndpoints(realmUrl, tls, plus(parameters, parameter, value), headers);
    }

    /** Returns the same endpoints, where each form has what a client signed. Each such assertion is good for one request. */
    KeycloakEndpoints withAssertion(String assertion) {
        return with("client_assertion_type", Jwt.ASSERTION_TYPE).with("client_assertion", assertion);
    }

    /** Returns the same endpoints, where each request has one header more. */
    KeycloakEndpoints withHeader(String name, String value) {
        return new KeycloakEndpoints(realmUrl, tls, parameters, plus(headers, name, value));
    }

    /** Returns the same endpoints, where the client shows the certificate of a key store of {@link TestKeys}. */
    KeycloakEndpoints withCertificate(String keyStore) {
        SSLConfig withKey = tls.keyStore(TestKeys.ofThisRun().file(keyStore).toFile(), TestKeys.PASSWORD)
                .keystoreType("PKCS12");
        return new KeycloakEndpoints(realmUrl, withKey, parameters, headers);
    }

    URI tokenEndpoint() {
        return URI.create(openIdConnect + "/token");
    }

    URI userInfoEndpoint() {
        return URI.create(openIdConnect + "/userinfo");
    }

    Response metadata() {
        return given().get(realmUrl + "/.well-known/openid-configuration");
    }

    Response deviceAuthorization(String clientId, String scope) {
        return form().formParam(CLIENT_ID, clientId).formParam("scope", scope).post(openIdConnect + "/auth/device");
    }

    Response deviceToken(String clientId, String deviceCode) {
        return form().formParam(CLIENT_ID, clientId)
                .formParam("grant_type", "urn:ietf:params:oauth:grant-type:device_code")
                .formParam("device_code", deviceCode)
                .post(tokenEndpoint());
    }

    Response refresh(String clientId, String refreshToken) {
        return form().formParam(CLIENT_ID, clientId)
                .formParam("grant_type", "refresh_token")
                .formParam("refresh_token", refreshToken)
                .post(tokenEndpoint());
    }

    Response revoke(String clientId, String token) {
        return form().formParam(CLIENT_ID, clientId).formParam("token", token).post(openIdConnect + "/revoke");
    }

    Response userInfo(String accessToken) {
        return userInfo("Bearer", accessToken);
    }

    Response userInfo(String tokenType, String accessToken) {
        return given().header("Authorization", tokenType + " " + accessToken).get(userInfoEndpoint());
    }

    /** Returns the name of the person whom an access token was issued for. */
    String userOf(String accessToken) {
        return userInfo(accessToken).then().statusCode(200).extract().path("preferred_username");
    }

    /** Asks for the events of one client, as the realm's auditor. */
    Response events(String clientId, int max) {
        return given().header("Authorization", "Bearer " + accessTokenOf("auditor")).queryParam("client", clientId)
                .queryParam("max", max).get(realmUrl.replace("/realms/", "/admin/realms/") + "/events");
    }

    /** Returns an access token for a client that acts for itself, and whose secret is its name followed by {@code -secret}. */
    String accessTokenOf(String serviceAccount) {
        return form().formParam(CLIENT_ID, serviceAccount).formParam("client_secret", serviceAccount + "-secret")
                .formParam("grant_type", "client_credentials")
                .post(tokenEndpoint()).then().statusCode(200).extract().path("access_token");
    }

    private RequestSpecification given() {
        return RestAssured.given().config(RestAssuredConfig.config().sslConfig(tls)).headers(headers);
    }

    private RequestSpecification form() {
        return given().accept("application/json").contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParams(parameters);
    }

    private static Map<String, String> plus(Map<String, String> map, String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(map);
        more.put(name, value);
        return more;
    }
}
