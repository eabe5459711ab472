package io.quarkiverse.deviceauthorization.runtime.config;

import java.util.List;

/** Finds what is wrong with how tokens are kept. No message shows a key. */
final class StorageCheck {

    private static final int SHORTEST_KEY = 32;

    private static final String STORE = "tokens.store";
    private static final String KEY = "tokens.encryption.key";
    private static final String PROVIDER = "tokens.encryption.provider.name";
    private static final String MAX_OWNERS = "tokens.memory.max-owners";
    private static final List<String> OF_PROVIDER = List.of("tokens.encryption.provider.key",
            "tokens.encryption.provider.keyring-name");
    private static final List<String> OF_FILE = List.of("tokens.file.directory");
    private static final List<String> OF_MEMORY = List.of(MAX_OWNERS, "tokens.memory.idle-timeout");

    private final ConfigValues values;
    private final ValueCheck check;

    StorageCheck(ConfigValues values, ValueCheck check) {
        this.values = values;
        this.check = check;
    }

    void run() {
        check.oneOf(STORE, StoreKind.values());
        OF_FILE.forEach(check::text);
        OF_PROVIDER.forEach(check::text);
        check.text(PROVIDER);
        check.duration("tokens.memory.idle-timeout", false);
        values.resolved("tokens.file.directory").filter(text -> text.startsWith("~")).ifPresent(text -> check.add(
                "tokens.file.directory", "'" + text + "' begins with ~, which only a shell understands. Write ${user.home}"
                        + text.substring(1)));
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
        values.resolved(KEY).filter(key -> key.length() < SHORTEST_KEY).ifPresent(key -> check.add(KEY,
                "is shorter than " + SHORTEST_KEY
                        + " characters. Make a longer one, for example with: openssl rand -base64 32"));
        if (values.has(KEY) && values.has(PROVIDER)) {
            check.add(PROVIDER, "and " + KEY + " are two keys at once. Keep one of them");
        }
        if (!values.has(PROVIDER)) {
            OF_PROVIDER.stream().filter(member -> values.get(member).filter(text -> !text.equals("password")).isPresent())
                    .forEach(member -> check.add(member, "belongs to a credentials provider, but none is used. Set "
                            + values.key(PROVIDER) + ", or remove it"));
        }
        if (uses(StoreKind.MEMORY)) {
            belongs(List.of(KEY, PROVIDER), "to a store that outlives the application. Remove it, or set " + values.key(STORE)
                    + " to another one");
        }
    }

    private void belongs(List<String> members, String where) {
        members.stream().filter(values::has).forEach(member -> check.add(member, "belongs " + where));
    }

    private boolean uses(StoreKind kind) {
        return values.resolved(STORE).filter(text -> ConfigValues.matches(text, kind)).isPresent();
    }
}
