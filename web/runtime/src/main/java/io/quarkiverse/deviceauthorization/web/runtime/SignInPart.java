package io.quarkiverse.deviceauthorization.web.runtime;

import java.util.Arrays;
import java.util.Optional;

import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;
import io.vertx.core.http.HttpMethod;

/** What a sign-in page consists of, each part with a path of its own. */
public enum SignInPart {

    /** The page. */
    PAGE("", "GET"),
    /** What is on the page, to be included in another one. */
    FRAGMENT("fragment", "GET"),
    /** What happens, as server-sent events. */
    EVENTS("events", "GET"),
    /** Starts a sign-in, in place of the one before. */
    START("start", "POST"),
    /** Cancels the sign-in. */
    CANCEL("cancel", "POST"),
    /** The style sheet. */
    STYLE("style.css", "GET"),
    /** The script. */
    SCRIPT("script.js", "GET");

    static final String DEFAULT_CLIENT = DeviceAuthorizationName.DEFAULT;

    private final String name;
    private final String method;

    SignInPart(String name, String method) {
        this.name = name;
        this.method = method;
    }

    /**
     * @param path the configured path
     * @param client the name of a client
     * @return the path of the client's page
     */
    public static String page(String path, String client) {
        return client.equals(DEFAULT_CLIENT) ? path : path + "/" + client;
    }

    /**
     * @param page the path of a page
     * @return the path of this part of it
     */
    public String path(String page) {
        return name.isEmpty() ? page : page + "/" + name;
    }

    /** @return whether a request of this method is for this part */
    boolean accepts(HttpMethod asked) {
        return asked.name().equals(method) || method.equals("GET") && asked.equals(HttpMethod.HEAD);
    }

    /** @return the methods, for an {@code Allow} header */
    String allowed() {
        return method.equals("GET") ? "GET, HEAD" : method;
    }

    static boolean isTaken(String name) {
        return Arrays.stream(values()).anyMatch(part -> part.name.equals(name));
    }

    static String taken() {
        return String.join(", ", Arrays.stream(values()).map(part -> part.name).filter(name -> !name.isEmpty()).toList());
    }

    /** @return the last segment of the path of a page, which relative references on it begin with; nothing for other paths */
    static Optional<String> lastSegment(String path) {
        String segment = path.substring(path.lastIndexOf('/') + 1);
        return segment.isEmpty() ? Optional.empty() : Optional.of(segment);
    }

    /** @return the path of the page, when this part was asked for at that path */
    String pageOf(String path) {
        String exact = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return name.isEmpty() ? exact : exact.substring(0, Math.max(0, exact.length() - name.length() - 1));
    }
}
