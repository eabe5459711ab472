package io.quarkiverse.deviceauthorization.benchmarks.contender;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationRequest;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationResponse;
import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.device.DeviceCode;
import com.nimbusds.oauth2.sdk.device.DeviceCodeGrant;
import com.nimbusds.oauth2.sdk.id.ClientID;

/** {@code oauth2-oidc-sdk} of Nimbus, with a thread for each request or pending flow. */
@Singleton
@Named("nimbus")
class Nimbus implements Contender {

    private final ClientID clientId = new ClientID(Parameters.CLIENT_ID);
    private final Scope scope = Scope.parse(Parameters.SCOPE);
    private final StubEndpoints stub;

    Nimbus(StubEndpoints stub) {
        this.stub = stub;
    }

    @Override
    public Exchange start() {
        return (Exchange.Blocking) this::codes;
    }

    DeviceAuthorizationSuccessResponse codes() throws Exception {
        return DeviceAuthorizationResponse.parse(new DeviceAuthorizationRequest(stub.device(), clientId, scope)
                .toHTTPRequest().send()).toSuccessResponse();
    }

    @Override
    public Exchange poll(List<String> deviceCodes) {
        RoundRobin<DeviceCode> codes = new RoundRobin<>(deviceCodes.stream().map(DeviceCode::new).toList());
        return (Exchange.Blocking) () -> poll(codes.next());
    }

    void poll(DeviceCode code) throws Exception {
        TokenResponse response = TokenResponse
                .parse(new TokenRequest(stub.token(), clientId, new DeviceCodeGrant(code)).toHTTPRequest().send());
        Exchange.requirePending(response.toErrorResponse().getErrorObject().getCode());
    }

    @Override
    public PendingFlows pendingFlows() {
        return new NimbusFlows(this, flow -> {
            Thread thread = new Thread(flow);
            thread.setDaemon(true);
            thread.start();
        });
    }

    /** The same on virtual threads, where this Java has them. */
    @Singleton
    @Named("nimbus-virtual")
    static class Virtual extends Nimbus {

        Virtual(StubEndpoints stub) {
            super(stub);
        }

        @Override
        public PendingFlows pendingFlows() {
            try {
                return new NimbusFlows(this, (Executor) Executors.class
                        .getMethod("newVirtualThreadPerTaskExecutor").invoke(null));
            } catch (ReflectiveOperationException e) {
                throw new UnsupportedOperationException("This Java has no virtual threads", e);
            }
        }
    }
}
