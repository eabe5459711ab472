package org.acme;

import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.provider.ProviderAdapter;
import io.quarkiverse.deviceauthorization.provider.ProviderAnswer;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;

// tag::adapter[]
@ApplicationScoped
@DeviceAuthorizationName("legacy") // <1>
public class LegacyProvider implements ProviderAdapter {

    @Override
    public ProviderRequest request(ProviderRequest request) {
        return switch (request.kind()) {
            case DEVICE_AUTHORIZATION -> request.with("response_type", "device_code"); // <2>
            case DEVICE_TOKEN -> request.renamed("device_code", "code");
            case REFRESH, REVOCATION -> request;
        };
    }

    @Override
    public ProviderAnswer answer(Kind kind, ProviderAnswer answer) {
        if (kind == Kind.DEVICE_TOKEN && answer.status() == 202) {
            return answer.error("authorization_pending"); // <3>
        }
        return answer.renamed("valid_for", "expires_in");
    }

    @Override
    public Optional<String> cure(Kind kind, OAuthError error) {
        return error.code().equals("invalid_client") // <4>
                ? Optional.of("Ask the help desk to register the device")
                : Optional.empty();
    }
}
// end::adapter[]
