package io.quarkiverse.deviceauthorization.runtime.credentials;

import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Assertions that a private key signs ({@code private_key_jwt}, OpenID Connect Core 1.0 §9). */
final class PrivateKeyAssertions implements ClientAuthentication {

    private final Assertion assertion;
    private final SigningKeyReader reader;
    private volatile SigningKey key;

    PrivateKeyAssertions(ClientSettings settings, InstantSource clock) {
        this.assertion = new Assertion(settings, clock);
        this.reader = new SigningKeyReader(settings.name(), settings.config().credentials().jwt());
    }

    @Override
    public Optional<Credentials> fixed() {
        return Optional.empty();
    }

    /** The key is read from its file when it is first needed, off the event loop; a file that is mended later is read again. */
    @Override
    public Uni<Credentials> next(URI tokenEndpoint) {
        SigningKey known = key;
        Uni<SigningKey> signing = known != null ? Uni.createFrom().item(known)
                : Uni.createFrom().item(reader::read).runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                        .onItem().invoke(read -> key = read);
        return signing.onItem().transform(used -> assertion.signedBy(used, tokenEndpoint));
    }
}
