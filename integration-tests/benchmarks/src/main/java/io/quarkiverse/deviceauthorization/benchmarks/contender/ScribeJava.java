package io.quarkiverse.deviceauthorization.benchmarks.contender;

import java.util.List;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import com.github.scribejava.core.builder.ServiceBuilder;
import com.github.scribejava.core.builder.api.DefaultApi20;
import com.github.scribejava.core.model.DeviceAuthorization;
import com.github.scribejava.core.model.OAuth2AccessTokenErrorResponse;
import com.github.scribejava.core.oauth.OAuth20Service;
import com.github.scribejava.core.oauth2.OAuth2Error;
import com.github.scribejava.core.oauth2.clientauthentication.ClientAuthentication;
import com.github.scribejava.core.oauth2.clientauthentication.RequestBodyAuthenticationScheme;

/** ScribeJava, with the HTTP client that it brings. */
@Singleton
@Named("scribejava")
class ScribeJava implements Contender {

    private final OAuth20Service service;

    ScribeJava(StubEndpoints stub) {
        this.service = new ServiceBuilder(Parameters.CLIENT_ID).build(new DefaultApi20() {
            @Override
            public String getAccessTokenEndpoint() {
                return stub.token().toString();
            }

            @Override
            protected String getAuthorizationBaseUrl() {
                throw new UnsupportedOperationException();
            }

            @Override
            public String getDeviceAuthorizationEndpoint() {
                return stub.device().toString();
            }

            @Override
            public ClientAuthentication getClientAuthentication() {
                return RequestBodyAuthenticationScheme.instance();
            }
        });
    }

    @Override
    public Exchange start() {
        return (Exchange.Blocking) () -> {
            DeviceAuthorization codes = service.getDeviceAuthorizationCodes(Parameters.SCOPE);
            Exchange.require(codes.getDeviceCode() != null, codes);
        };
    }

    @Override
    public Exchange poll(List<String> deviceCodes) {
        RoundRobin<DeviceAuthorization> codes = new RoundRobin<>(deviceCodes.stream()
                .map(code -> new DeviceAuthorization(code, "WDJB-MJHT", "https://login.example.com/device", 1800)).toList());
        return (Exchange.Blocking) () -> {
            try {
                Exchange.require(false, service.getAccessTokenDeviceAuthorizationGrant(codes.next()));
            } catch (OAuth2AccessTokenErrorResponse e) {
                Exchange.require(e.getError() == OAuth2Error.AUTHORIZATION_PENDING, e.getError());
            }
        };
    }
}
