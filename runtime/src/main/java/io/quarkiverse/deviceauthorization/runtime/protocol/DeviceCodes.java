package io.quarkiverse.deviceauthorization.runtime.protocol;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.store.FlowBinding;

/**
 * The device authorization response (RFC 8628 §3.2), checked and normalised.
 *
 * @param deviceCode the code to poll with
 * @param userCode the code that the person enters
 * @param verificationUri where the person enters it
 * @param verificationUriComplete the same with the code included, if the server sent one
 * @param expiresIn how long the codes live
 * @param interval the least time between two token requests
 * @param parameters the members that RFC 8628 doesn't know
 * @param binding what the request tied the flow to
 */
public record DeviceCodes(Secret deviceCode, String userCode, URI verificationUri, Optional<URI> verificationUriComplete,
        Duration expiresIn, Duration interval, Map<String, Object> parameters, FlowBinding binding) {

    /** Shows what a person may see, and nothing that a server made up. */
    @Override
    public String toString() {
        return "DeviceCodes[userCode=" + userCode + ", verificationUri=" + verificationUri + ", expiresIn=" + expiresIn
                + ", interval=" + interval + "]";
    }
}
