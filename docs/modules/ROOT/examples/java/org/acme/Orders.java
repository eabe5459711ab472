package org.acme;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.jwt.JsonWebToken;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.UserInfo;

@ApplicationScoped
public class Orders {

    private final DeviceAuthorization deviceAuthorization;

    Orders(DeviceAuthorization deviceAuthorization) {
        this.deviceAuthorization = deviceAuthorization;
    }

    public PendingAuthorization start(String nonce) {
        // tag::start[]
        PendingAuthorization pending = deviceAuthorization.start(AuthorizationRequest.builder()
                .scopes("openid", "payments")
                .resource(URI.create("https://api.example.com/orders"))
                .authorizationDetails("""
                        [{"type": "payment", "currency": "EUR", "limit": 100}]""")
                .nonce(nonce)
                .parameter("ui_locales", "de")
                .header("X-Device-Type", "tv")
                .build());
        // end::start[]
        return pending;
    }

    public HttpRequest request() {
        // tag::dpop[]
        Tokens tokens = deviceAuthorization.tokens();
        URI orders = URI.create("https://api.example.com/orders");

        HttpRequest.Builder request = HttpRequest.newBuilder(orders)
                .header("Authorization", tokens.authorizationHeader()); // <1>
        tokens.dpopProof("GET", orders, Optional.empty()) // <2>
                .ifPresent(proof -> request.header("DPoP", proof));
        // end::dpop[]
        return request.build();
    }

    public HttpResponse<String> orders(HttpClient http) throws IOException, InterruptedException {
        // tag::refused[]
        Tokens tokens = deviceAuthorization.tokens();
        HttpResponse<String> response = call(http, tokens);
        if (response.statusCode() == 401) {
            response = call(http, deviceAuthorization.refresh(tokens)); // <1>
        }
        // end::refused[]
        return response;
    }

    private static HttpResponse<String> call(HttpClient http, Tokens tokens) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://api.example.com/orders"))
                .header("Authorization", tokens.authorizationHeader()).build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    public String subject() {
        Tokens tokens = deviceAuthorization.tokens();
        // tag::identity[]
        String who = tokens.identity()
                .map(JsonWebToken::getSubject)
                .orElse("somebody");
        // end::identity[]
        return who;
    }

    public String name() {
        // tag::userinfo[]
        UserInfo person = deviceAuthorization.userInfo(); // <1>
        String name = person.text("name").orElse(person.subject());
        // end::userinfo[]
        return name;
    }
}
