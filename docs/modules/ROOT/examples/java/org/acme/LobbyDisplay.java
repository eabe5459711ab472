package org.acme;

import java.net.URI;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.event.DeviceAuthorizationEvent;
import io.quarkiverse.deviceauthorization.event.TransientFailure;
import io.quarkiverse.deviceauthorization.prompt.Prompt;
import io.quarkiverse.deviceauthorization.prompt.QrCode;

// tag::display[]
@ApplicationScoped
public class LobbyDisplay implements Prompt {

    public record Screen(String qrCode, URI page, String code, String text) {
    }

    private volatile Optional<Screen> screen = Optional.empty();

    @Override
    public void show(PendingAuthorization pending) {
        show(pending, "Only go on if you started this sign-in yourself, just now."); // <1>
    }

    @Override
    public void onEvent(PendingAuthorization pending, DeviceAuthorizationEvent event) {
        if (event instanceof TransientFailure) { // <2>
            show(pending, "The connection is lost. We try again.");
        }
    }

    @Override
    public void hide(PendingAuthorization pending) { // <3>
        screen = Optional.empty();
    }

    private void show(PendingAuthorization pending, String text) {
        URI toScan = pending.verificationUriComplete().orElse(pending.verificationUri());
        screen = Optional.of(new Screen(QrCode.of(toScan.toASCIIString()).svg(), pending.verificationUri(),
                pending.userCode(), text));
    }

    public Optional<Screen> screen() {
        return screen;
    }
}
// end::display[]
