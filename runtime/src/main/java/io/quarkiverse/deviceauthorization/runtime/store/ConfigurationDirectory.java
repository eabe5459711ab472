package io.quarkiverse.deviceauthorization.runtime.store;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;

/** Where an application keeps what belongs to the user who runs it, as the platform wants it. */
public final class ConfigurationDirectory {

    private ConfigurationDirectory() {
    }

    /**
     * @param application the name of the application
     * @param environment finds an environment variable, or null
     * @param properties finds a system property, or null
     * @param key the key that says where else to keep files
     * @return the directory, which may not be there yet
     * @throws AuthorizationStoreException if the user has no home
     */
    public static Path of(String application, UnaryOperator<String> environment, UnaryOperator<String> properties,
            String key) {
        String cure = ". Set " + key;
        String name = application.replaceAll("[^\\p{L}\\p{N}._-]", "_");
        if (name.isEmpty() || name.startsWith(".")) {
            throw new AuthorizationStoreException("'" + application + "' can't name a directory" + cure, null);
        }
        String system = String.valueOf(properties.apply("os.name")).toLowerCase(Locale.ROOT);
        try {
            if (system.startsWith("windows")) {
                return absolute(environment.apply("APPDATA"))
                        .orElseGet(() -> home(properties, cure).resolve("AppData").resolve("Roaming")).resolve(name);
            }
            if (system.startsWith("mac")) {
                return home(properties, cure).resolve("Library").resolve("Application Support").resolve(name);
            }
            return absolute(environment.apply("XDG_CONFIG_HOME")).orElseGet(() -> home(properties, cure).resolve(".config"))
                    .resolve(name);
        } catch (InvalidPathException e) {
            throw new AuthorizationStoreException("The user's configuration directory is no path: " + e.getMessage() + cure, e);
        }
    }

    /** The XDG Base Directory Specification wants relative ones to be ignored. */
    private static Optional<Path> absolute(String path) {
        return Optional.ofNullable(path).filter(text -> !text.isBlank()).map(Path::of).filter(Path::isAbsolute);
    }

    /** Containers that run as a user without a name have {@code ?} as their home. */
    private static Path home(UnaryOperator<String> properties, String cure) {
        return absolute(properties.apply("user.home")).orElseThrow(() -> new AuthorizationStoreException(
                "The user who runs the application has no home directory" + cure, null));
    }
}
