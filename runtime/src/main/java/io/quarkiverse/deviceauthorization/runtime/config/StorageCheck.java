package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.List;
import java.util.Optional;

/** Finds what is wrong with how tokens are kept. No message shows a key. */
final class StorageCheck {

    private static final int SHORTEST_KEY = 32;

    private static final String STORE = "tokens.store";
    private static final String KEY = "tokens.encryption.key";
    private static final String PROVIDER = "tokens.encryption.provider.name";
    private static final String ACCEPT_PLAIN = "tokens.encryption.accept-plain";
    private static final String MAX_OWNERS = "tokens.memory.max-owners";
    private static final String PROVIDER_KEY = "tokens.encryption.provider.key";
    private static final String KEYRING = "tokens.encryption.provider.keyring-name";
    private static final String DIRECTORY = "tokens.file.directory";
    private static final List<String> TEXTS = List.of(DIRECTORY, PROVIDER_KEY, KEYRING, PROVIDER);
    private static final List<String> OF_PROVIDER = List.of(PROVIDER_KEY, KEYRING);
    private static final List<String> OF_FILE = List.of(DIRECTORY);
    private static final List<String> OF_MEMORY = List.of(MAX_OWNERS, "tokens.memory.idle-timeout");

    private final ConfigValues values;
    private final ValueCheck check;

    StorageCheck(ConfigValues values, ValueCheck check) {
        this.values = values;
        this.check = check;
    }

    void run() {
        check.oneOf(STORE, StoreKind.class);
        for (String member : TEXTS) {
            check.text(member);
        }
        check.duration("tokens.memory.idle-timeout", false);
        String directory = values.resolved(DIRECTORY).orElse("");
        if (directory.startsWith("~")) {
            check.add(DIRECTORY, "'" + directory + "' begins with ~, which only a shell understands. Write ${user.home}"
                    + directory.substring(1));
        }
        check.count(MAX_OWNERS, 10_000);
        if (!uses(StoreKind.FILE) && !values.isUnresolved(STORE)) {
            belongs(OF_FILE, "to files, and none are used. Set " + values.key(STORE) + "=file, or remove it");
        }
        if (uses(StoreKind.FILE)) {
            belongs(OF_MEMORY, "to memory, and files are used. Remove it");
        }
        encryption();
    }

    private void encryption() {
        if (values.isSetToNothing(KEY)) { // in most keys that takes a value back; here tokens would be stored as they are
            check.add(KEY, "is set, but to nothing, and nothing would be encrypted. Give it the secret, or remove it");
        }
        Optional<String> key = values.resolved(KEY);
        if (key.isPresent() && key.get().length() < SHORTEST_KEY) {
            check.add(KEY, "is shorter than " + SHORTEST_KEY
                    + " characters. Make a longer one, for example with: openssl rand -base64 32");
        }
        if (values.has(KEY) && values.has(PROVIDER)) {
            check.add(PROVIDER, "and " + KEY + " are two keys at once. Keep one of them");
        }
        check.ofProvider(PROVIDER, OF_PROVIDER);
        check.flag(ACCEPT_PLAIN);
        if (values.isTrue(ACCEPT_PLAIN) && !values.has(KEY) && !values.has(PROVIDER)) {
            check.add(ACCEPT_PLAIN, "belongs to encryption, and there is none. Set " + values.key(KEY) + ", or remove it");
        }
        if (uses(StoreKind.MEMORY)) {
            belongs(List.of(KEY, PROVIDER), "to a store that outlives the application. Remove it, or set " + values.key(STORE)
                    + " to another one");
        }
    }

    private void belongs(List<String> members, String where) {
        for (String member : members) {
            if (values.has(member)) {
                check.add(member, "belongs " + where);
            }
        }
    }

    private boolean uses(StoreKind kind) {
        return ConfigValues.matches(values.resolved(STORE).orElse(""), kind);
    }
}
