package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.util.Map;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;
import io.quarkiverse.deviceauthorization.store.FlowBinding;
import io.quarkiverse.deviceauthorization.store.StoredFlow;

/**
 * The requests of flows that ask for what the configuration says and are tied to nothing: as most are. They are written once.
 */
final class UsualRequests {

    private final Exchange exchange;
    private final RequestForms forms;
    private volatile Optional<OutgoingRequest> start;
    private volatile Optional<PollTemplate> poll;

    UsualRequests(Exchange exchange, RequestForms forms) {
        this.exchange = exchange;
        this.forms = forms;
    }

    /** @return the device authorization request; empty where this one is not as usual */
    Optional<OutgoingRequest> start(AuthorizationRequest request, FlowBinding binding) {
        if (!isUsual(request, binding)) {
            return Optional.empty();
        }
        if (start == null) {
            start = !exchange.writesAlike() ? Optional.empty()
                    : Optional.of(exchange.write(Kind.DEVICE_AUTHORIZATION, forms.start(request, binding), Map.of()));
        }
        return start;
    }

    /** @return the device access token request, but for the device code; empty where those of this flow are not as usual */
    Optional<PollTemplate> poll(StoredFlow flow) {
        if (!isUsual(flow.request(), flow.binding())) {
            return Optional.empty();
        }
        if (poll == null) {
            poll = !exchange.writesAlike() ? Optional.empty()
                    : PollTemplate.of(code -> exchange.write(Kind.DEVICE_TOKEN, forms.poll(code, flow.request()), Map.of()));
        }
        return poll;
    }

    private static boolean isUsual(AuthorizationRequest request, FlowBinding binding) {
        return binding.codeVerifier().isEmpty() && binding.dpopKey().isEmpty()
                && request.equals(AuthorizationRequest.defaults());
    }
}
