package org.acme;

import java.net.URI;

import jakarta.enterprise.context.ApplicationScoped;

import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.filter.DeviceAuthorizationRequestFilter;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;

@ApplicationScoped
public class Cards {

    private final CardApi cards;
    private final ReactiveDeviceAuthorization yoto;

    Cards(@RestClient CardApi cards, @DeviceAuthorizationName("yoto") ReactiveDeviceAuthorization yoto) {
        this.cards = cards;
        this.yoto = yoto;
    }

    public String mine() {
        // tag::call[]
        try {
            return cards.mine();
        } catch (AuthorizationRequiredException e) {
            return "Please sign in"; // <1>
        } catch (AuthorizationServerException e) {
            return "Please try again later"; // <2>
        }
        // end::call[]
    }

    public PlainCardApi inCode() {
        // tag::code[]
        PlainCardApi api = QuarkusRestClientBuilder.newBuilder()
                .baseUri(URI.create("https://api.yotoplay.com"))
                .register(new DeviceAuthorizationRequestFilter(yoto, // <1>
                        call -> call.request().map(request -> request.getHeaderString("X-Account")))) // <2>
                .build(PlainCardApi.class);
        // end::code[]
        return api;
    }
}
