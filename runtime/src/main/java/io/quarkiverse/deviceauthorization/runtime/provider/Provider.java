package io.quarkiverse.deviceauthorization.runtime.provider;

/** The providers that are known. */
public enum Provider {

    /** The Yoto API. */
    YOTO,
    /** Auth0, at the domain of a tenant or one of your own. */
    AUTH0,
    /** Google. */
    GOOGLE,
    /** GitHub, also GitHub Enterprise at a host of your own. */
    GITHUB,
    /** Microsoft Entra ID, for one tenant or many. */
    MICROSOFT,
    /** Okta, at the domain of an organization. */
    OKTA,
    /** A realm of a Keycloak server. */
    KEYCLOAK,
    /** Twitch. */
    TWITCH,
    /** GitLab, also at a host of your own. */
    GITLAB,
    /** Discord. */
    DISCORD,
    /** The Hugging Face Hub. */
    HUGGINGFACE,
    /** Trakt, whose requests are JSON and whose answers are statuses. */
    TRAKT,
    /** Salesforce, whose grant is older than RFC 8628. */
    SALESFORCE;

    private volatile Preset preset;

    /**
     * @return what is known of the provider; made when somebody first asks, since most applications have one provider or none
     */
    public Preset preset() {
        Preset made = preset;
        if (made == null) {
            made = make();
            preset = made;
        }
        return made;
    }

    private Preset make() {
        return switch (this) {
            case YOTO -> Yoto.preset();
            case AUTH0 -> Auth0.preset();
            case GOOGLE -> Google.preset();
            case GITHUB -> GitHub.preset();
            case MICROSOFT -> Microsoft.preset();
            case OKTA -> Okta.preset();
            case KEYCLOAK -> Keycloak.preset();
            case TWITCH -> Twitch.preset();
            case GITLAB -> GitLab.preset();
            case DISCORD -> Discord.preset();
            case HUGGINGFACE -> HuggingFace.preset();
            case TRAKT -> Trakt.preset();
            case SALESFORCE -> Salesforce.preset();
        };
    }
}
