package io.quarkiverse.deviceauthorization.runtime.provider;

/** The providers that are known. */
public enum Provider {

    /** The Yoto API. */
    YOTO(Yoto.preset()),
    /** Auth0, at the domain of a tenant or one of your own. */
    AUTH0(Auth0.preset()),
    /** Google. */
    GOOGLE(Google.preset()),
    /** GitHub, also GitHub Enterprise at a host of your own. */
    GITHUB(GitHub.preset()),
    /** Microsoft Entra ID, for one tenant or many. */
    MICROSOFT(Microsoft.preset()),
    /** Okta, at the domain of an organization. */
    OKTA(Okta.preset()),
    /** A realm of a Keycloak server. */
    KEYCLOAK(Keycloak.preset()),
    /** Twitch. */
    TWITCH(Twitch.preset()),
    /** GitLab, also at a host of your own. */
    GITLAB(GitLab.preset()),
    /** Discord. */
    DISCORD(Discord.preset()),
    /** The Hugging Face Hub. */
    HUGGINGFACE(HuggingFace.preset()),
    /** Trakt, whose requests are JSON and whose answers are statuses. */
    TRAKT(Trakt.preset()),
    /** Salesforce, whose grant is older than RFC 8628. */
    SALESFORCE(Salesforce.preset());

    private final Preset preset;

    Provider(Preset preset) {
        this.preset = preset;
    }

    public Preset preset() {
        return preset;
    }
}
