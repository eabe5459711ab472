package io.quarkiverse.deviceauthorization.runtime.dev;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.runtime.DeviceAuthorizationClients;
import io.quarkiverse.deviceauthorization.runtime.config.DeviceAuthorizationRuntimeConfig;
import io.quarkiverse.deviceauthorization.runtime.endpoint.EndpointProbe;
import io.quarkiverse.deviceauthorization.runtime.token.TokenVault;
import io.quarkus.arc.InjectableInstance;
import io.smallrye.mutiny.Multi;

/**
 * What the pages of the Dev UI call; each public method is one of JSON-RPC, and its answer goes to a browser: no secret, device
 * code or whole token is in any of them. The methods run on worker threads. Texts that are not given are empty.
 */
@ApplicationScoped
public class DeviceAuthorizationJsonRpcService {

    private final Clients clients;
    private final DeviceAuthorizationClients engines;
    private final FlowHistory history;

    /** What CDI's proxies are made by. */
    DeviceAuthorizationJsonRpcService() {
        this.clients = null;
        this.engines = null;
        this.history = null;
    }

    @Inject
    DeviceAuthorizationJsonRpcService(DeviceAuthorizationRuntimeConfig config, DeviceAuthorizationClients engines,
            @Any InjectableInstance<DeviceAuthorization> beans, FlowHistory history) {
        this.clients = new Clients(config, beans);
        this.engines = engines;
        this.history = history;
    }

    /** @return the clients and their configuration */
    public Answer clients() {
        return Answer.to(clients::views);
    }

    /** @return whether the device authorization endpoint can be used: asks the server, which starts nothing there */
    public Answer probe(String client) {
        return Answer.to(() -> {
            clients.requireUsable(client);
            EndpointProbe.Result result = engines.client(client).server().probe().probe().await().indefinitely();
            return new EndpointStatus(result.up(), result.probed(), result.latency().toMillis(), result.cached(),
                    result.problem().orElse(null));
        });
    }

    /** @return what the person needs who is to sign in now; the flow is followed */
    public Answer start(String client, String owner) {
        return Answer.to(() -> {
            DeviceAuthorization starter = clients.client(client, owner.isBlank() ? TokenVault.DEFAULT_OWNER : owner);
            PendingAuthorization pending = starter.start();
            starter.follow(pending);
            return SignIn.of(pending, clients.isDevService(client));
        });
    }

    /** @return what the person needs who signs in by a flow that was started before, here or elsewhere */
    public Answer codes(String client, String owner, String id) {
        return Answer.to(() -> SignIn.of(flow(client, owner, id), clients.isDevService(client)));
    }

    /** @return nothing; the outcome is an event */
    public Answer cancel(String client, String owner, String id) {
        return Answer.to(() -> {
            clients.client(client, owner).cancel(flow(client, owner, id));
            return null;
        });
    }

    /** @return what has happened to flows and tokens, latest flows first */
    public List<FlowView> flows() {
        return history.all();
    }

    /** @return each flow that something happens to */
    public Multi<FlowView> streamFlows() {
        return history.changes();
    }

    /** @return how many flows wait for a person, for the card */
    public Multi<Integer> streamWaiting() {
        return Multi.createBy().concatenating().streams(Multi.createFrom().item(history::waiting),
                history.changes().onItem().transform(changed -> history.waiting()));
    }

    /** @return the stored tokens, without their values */
    public Answer tokens() {
        return Answer.to(() -> new StoredTokensReader(clients, engines).all());
    }

    /** @return nothing; revokes the tokens where the server can do that, and forgets them */
    public Answer signOut(String client, String owner) {
        return Answer.to(() -> {
            clients.client(client, owner).logout();
            return null;
        });
    }

    /** @return the URL and the state of the Dev Service, or nothing where it is not used */
    public Answer script() {
        return Answer.to(() -> clients.devService()
                .map(url -> new DevServerView(url, new DevServer(url).state())).orElse(null));
    }

    /** @return the same after the Dev Service has been told what to do */
    public Answer runScript(String action, String userCode, String user, String endpoint, String status, String times) {
        return Answer.to(() -> {
            String url = clients.devService().orElseThrow(() -> new IllegalArgumentException(
                    "No client of this application has the Dev Service for its server"));
            Map<String, String> parameters = new LinkedHashMap<>();
            parameters.put("action", action);
            putUnlessEmpty(parameters, "user_code", userCode);
            putUnlessEmpty(parameters, "user", user);
            putUnlessEmpty(parameters, "endpoint", endpoint);
            putUnlessEmpty(parameters, "status", status);
            putUnlessEmpty(parameters, "times", times);
            return new DevServerView(url, new DevServer(url).run(parameters));
        });
    }

    private PendingAuthorization flow(String client, String owner, String id) {
        return clients.client(client, owner).resume(id)
                .orElseThrow(() -> new IllegalArgumentException("This flow is not stored any more"));
    }

    private static void putUnlessEmpty(Map<String, String> parameters, String name, String value) {
        if (value != null && !value.isEmpty()) {
            parameters.put(name, value);
        }
    }
}
