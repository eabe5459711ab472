package io.quarkiverse.deviceauthorization.runtime.provider;

/** The providers that are known. */
public enum Provider {

    /** The Yoto API. */
    YOTO(Yoto.preset()),
    /** Trakt, whose requests are JSON and whose answers are statuses. */
    TRAKT(Trakt.preset());

    private final Preset preset;

    Provider(Preset preset) {
        this.preset = preset;
    }

    public Preset preset() {
        return preset;
    }
}
