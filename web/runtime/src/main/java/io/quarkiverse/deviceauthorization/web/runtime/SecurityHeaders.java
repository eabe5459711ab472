package io.quarkiverse.deviceauthorization.web.runtime;

import java.util.List;
import java.util.stream.Collectors;

import io.vertx.core.MultiMap;

/** What browsers are told about every answer: to run and show nothing but what is ours, nowhere else, and to keep nothing. */
final class SecurityHeaders {

    private final String policy;
    private final String frameOptions;

    SecurityHeaders(List<String> frameAncestors) {
        String ancestors = frameAncestors.isEmpty() ? "'none'"
                : frameAncestors.stream().map(ancestor -> ancestor.equals("self") ? "'self'" : ancestor)
                        .collect(Collectors.joining(" "));
        this.policy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self';"
                + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors " + ancestors;
        this.frameOptions = frameAncestors.isEmpty() ? "DENY" : frameAncestors.equals(List.of("self")) ? "SAMEORIGIN" : null;
    }

    void addTo(MultiMap headers) {
        headers.set("Content-Security-Policy", policy);
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "same-origin");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cache-Control", "no-store");
        if (frameOptions != null) { // older browsers know no other way, and nothing of several origins
            headers.set("X-Frame-Options", frameOptions);
        }
    }
}
