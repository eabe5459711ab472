package io.quarkiverse.deviceauthorization.runtime.dev;

import java.util.List;

/**
 * A client, as a page shows it.
 *
 * @param name its name
 * @param usable whether people can sign in by it here: it is configured, and the application uses it
 * @param problem why it is not usable; or null
 * @param devService whether its server is the Dev Service of this application
 * @param settings its configuration
 */
record ClientView(String name, boolean usable, String problem, boolean devService, List<Setting> settings) {
}
