package io.quarkiverse.deviceauthorization.runtime.config;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/** What is known of a provider, so that nobody has to look it up. */
public enum Provider {

    /** The Yoto API, an Auth0 domain: no discovery, audience and scopes required. */
    YOTO("https://login.yotoplay.com", "/oauth/device/code", "/oauth/token", "/oauth/revoke", "https://api.yotoplay.com",
            List.of("profile", "offline_access", "openid"));

    private final String authServerUrl;
    private final String deviceAuthorizationPath;
    private final String tokenPath;
    private final String revokePath;
    private final String audience;
    private final List<String> scopes;

    Provider(String authServerUrl, String deviceAuthorizationPath, String tokenPath, String revokePath, String audience,
            List<String> scopes) {
        this.authServerUrl = authServerUrl;
        this.deviceAuthorizationPath = deviceAuthorizationPath;
        this.tokenPath = tokenPath;
        this.revokePath = revokePath;
        this.audience = audience;
        this.scopes = scopes;
    }

    public URI authServerUrl() {
        return URI.create(authServerUrl);
    }

    public String deviceAuthorizationPath() {
        return deviceAuthorizationPath;
    }

    public String tokenPath() {
        return tokenPath;
    }

    public String revokePath() {
        return revokePath;
    }

    public Optional<String> audience() {
        return Optional.of(audience);
    }

    public List<String> scopes() {
        return scopes;
    }
}
