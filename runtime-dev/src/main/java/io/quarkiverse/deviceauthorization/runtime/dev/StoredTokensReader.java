package io.quarkiverse.deviceauthorization.runtime.dev;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.runtime.DeviceAuthorizationClients;
import io.quarkiverse.deviceauthorization.runtime.token.TokenVault;

/** Looks at stored tokens, and leaves them as they are: nothing is refreshed by looking. */
final class StoredTokensReader {

    /** More is no use on a page, and a shared store may have very many. */
    static final int MOST_OWNERS = 50;

    private final Clients clients;
    private final DeviceAuthorizationClients engines;

    StoredTokensReader(Clients clients, DeviceAuthorizationClients engines) {
        this.clients = clients;
        this.engines = engines;
    }

    List<TokensOfClient> all() {
        return clients.usable().stream().map(this::of).toList();
    }

    private TokensOfClient of(String client) {
        try {
            DeviceAuthorization any = clients.client(client, TokenVault.DEFAULT_OWNER);
            TreeSet<String> owners = new TreeSet<>(any.owners());
            List<TokensView> shown = new ArrayList<>();
            owners.stream().limit(MOST_OWNERS).forEach(owner -> engines.client(client).storedTokens(owner)
                    .await().indefinitely().ifPresent(tokens -> shown.add(TokensView.of(client, owner, tokens))));
            return new TokensOfClient(client, owners.size(), shown, null);
        } catch (RuntimeException e) { // one store that can't be read hides no other
            return new TokensOfClient(client, 0, List.of(), String.valueOf(e.getMessage()));
        }
    }
}
