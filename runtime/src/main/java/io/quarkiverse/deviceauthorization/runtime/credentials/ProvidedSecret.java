package io.quarkiverse.deviceauthorization.runtime.credentials;

import java.net.URI;
import java.util.Optional;
import java.util.function.Function;

import io.smallrye.mutiny.Uni;

/** A secret that a Quarkus credentials provider knows. It is asked for each request, since a secret may be replaced. */
record ProvidedSecret(ProvidedText secret, Function<String, ClientAuthentication> bySecret) implements ClientAuthentication {

    @Override
    public Optional<Credentials> fixed() {
        return Optional.empty();
    }

    @Override
    public Uni<Credentials> next(URI tokenEndpoint) {
        return secret.get().onItem().transformToUni(found -> bySecret.apply(found).next(tokenEndpoint));
    }
}
