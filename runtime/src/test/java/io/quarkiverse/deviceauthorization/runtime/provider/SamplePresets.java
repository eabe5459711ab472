package io.quarkiverse.deviceauthorization.runtime.provider;

import io.quarkiverse.deviceauthorization.runtime.provider.Preset.Endpoint;

/** Presets for tests of what is done with presets, whatever the real providers are like. */
public final class SamplePresets {

    private SamplePresets() {
    }

    /** Everybody has a server of their own, with known endpoints; an audience is needed at build, a secret at run time. */
    public static Preset ownServer() {
        return Preset.ownServer("https://my-tenant.example.com")
                .path(Endpoint.DEVICE_AUTHORIZATION, "/oauth/device/code")
                .path(Endpoint.TOKEN, "/oauth/token")
                .path(Endpoint.REVOCATION, "/oauth/revoke")
                .serverRule(url -> url.getPath().length() > 1, "names no tenant. Write for example https://example.com/home")
                .requiresAtBuild("audience", "is missing. Set it to the identifier of the API")
                .requires("credentials.secret", "is missing. Set it to the secret of the client")
                .build();
    }

    /** Everybody has a server of their own, which says itself where its endpoints are. */
    public static Preset ownServerWithMetadata() {
        return Preset.ownServer("https://example.com/realms/home").build();
    }

    /** One server for everybody, of which no endpoint is known. */
    public static Preset oneServerWithMetadata() {
        return Preset.at("https://login.example.com").build();
    }
}
