package io.quarkiverse.deviceauthorization.runtime.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.contract.AuthorizationStoreContract;

@DisplayName("The file store keeps what every store promises")
class FileAuthorizationStoreTest extends AuthorizationStoreContract {

    @TempDir
    Path temporary;

    private Path directory;

    Optional<Encryption> encryption() {
        return Optional.empty();
    }

    private AuthorizationStore store(InstantSource clock) {
        return new FileAuthorizationStore(directory, encryption(), clock);
    }

    @Override
    protected AuthorizationStore create(InstantSource clock) throws IOException {
        directory = Files.createTempDirectory(temporary, "store");
        return store(clock);
    }

    @Override
    protected AuthorizationStore another(InstantSource clock) {
        return store(clock);
    }

    @Override
    protected Optional<AuthorizationStore> reopened(InstantSource clock) {
        return Optional.of(store(clock));
    }

    /** A lease ends with its process: see the tests with several processes. */
    @Override
    protected boolean leasesRunOut() {
        return false;
    }
}
