package org.acme;

import java.time.InstantSource;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.store.AuthorizationStore;
import io.quarkiverse.deviceauthorization.store.contract.AuthorizationStoreContract;

// tag::contract[]
class DatabaseStoreTest extends AuthorizationStoreContract {

    private Database database;

    @Override
    protected AuthorizationStore create(InstantSource clock) { // <1>
        database = new Database();
        return new DatabaseStore(database, clock);
    }

    @Override
    protected AuthorizationStore another(InstantSource clock) { // <2>
        return new DatabaseStore(database, clock);
    }

    @Override
    protected Optional<AuthorizationStore> reopened(InstantSource clock) { // <3>
        return Optional.of(new DatabaseStore(database, clock));
    }
}
// end::contract[]
