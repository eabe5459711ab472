package io.quarkiverse.deviceauthorization.web.runtime;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.prompt.QrCode;
import io.quarkiverse.deviceauthorization.web.runtime.Template.Html;

/** Writes pages as HTML. */
final class PageWriter {

    private static final Logger LOG = Logger.getLogger(PageWriter.class);

    /**
     * Where a page is shown.
     *
     * @param texts its language
     * @param base what the addresses of its parts begin with
     * @param heading the level of its heading
     * @param formToken what its forms carry
     */
    record Place(Texts texts, String base, int heading, String formToken) {
    }

    private final DeviceAuthorizationWebConfig config;
    private final Clock clock;
    private final Template page = Template.load("page.html");
    private final Template section = Template.load("section.html");
    private final Template pending = Template.load("pending.html");
    private final Template qrCode = Template.load("qr-code.html");
    private final Template link = Template.load("link.html");
    private final Template plain = Template.load("plain.html");
    private final Template ended = Template.load("ended.html");
    private final Template next = Template.load("continue.html");
    private final Template form = Template.load("form.html");
    private final Template notice = Template.load("notice.html");
    private final Template brand = Template.load("brand.html");
    private final Template stylesheet = Template.load("stylesheet.html");

    PageWriter(DeviceAuthorizationWebConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** @return a whole page */
    String page(View view, Place place) {
        Texts texts = place.texts();
        return page.render(texts, Map.of("language", texts.language(), "title", title(view, texts), "base", place.base(),
                "stylesheet", config.stylesheet().map(path -> stylesheet.render(texts, Map.of("path", path)))
                        .orElse(Html.NOTHING),
                "section", new Html(section(view, place)))).markup();
    }

    private String title(View view, Texts texts) {
        String heading = heading(view, texts);
        return config.brand().filter(name -> !heading.contains(name)).map(name -> heading + " – " + name).orElse(heading);
    }

    private String heading(View view, Texts texts) {
        if (view.state() == State.NONE || view.state().isPending()) {
            return config.title().orElseGet(() -> config.brand().map(name -> texts.get("title-to", name))
                    .orElseGet(() -> texts.get("title")));
        }
        return texts.get(view.state().text() + "-title");
    }

    /** @return what is on a page, to be part of any */
    String section(View view, Place place) {
        Texts texts = place.texts();
        Map<String, Object> values = new HashMap<>();
        values.put("language", texts.language());
        values.put("state", view.state().text());
        String heading = heading(view, texts);
        values.put("brand", config.brand().filter(name -> !heading.contains(name))
                .map(name -> brand.render(texts, Map.of("brand", name))).orElse(Html.NOTHING));
        values.put("level", place.heading());
        values.put("heading", heading);
        values.put("notice", view.notice()
                .map(what -> notice.render(texts, Map.of("notice", texts.get("notice-" + what.text()))))
                .orElse(Html.NOTHING));
        values.put("content", view.notice().filter(what -> what == Notice.NOBODY).isPresent() ? Html.NOTHING
                : view.flow().filter(flow -> view.state().isPending()).map(flow -> pending(view.state(), flow, place))
                        .orElseGet(() -> ended(view.state(), place)));
        return section.render(texts, values).markup();
    }

    private Html pending(State state, PendingAuthorization flow, Place place) {
        Texts texts = place.texts();
        Duration left = Duration.between(clock.instant(), flow.expiresAt());
        Map<String, Object> values = new HashMap<>();
        values.put("qr-code", qrCode(flow, texts));
        values.put("verification-uri", (config.linkVerificationUri() ? link : plain).render(texts,
                Map.of("uri", flow.verificationUri())));
        values.put("user-code", flow.userCode());
        values.put("status", texts.get(state.text()));
        values.put("seconds", Math.max(0, left.toSeconds()));
        values.put("left", left.toSeconds() < 90 ? texts.get("seconds", Math.max(0, left.toSeconds()))
                : texts.get("minutes", left.toMinutes()));
        values.put("base", place.base());
        values.put("cancel", form(SignInPart.CANCEL, "cancel", "", place));
        return pending.render(texts, values);
    }

    /** A camera can't type, so it gets the code with the address where there is one (RFC 8628 §3.3.1). */
    private Html qrCode(PendingAuthorization flow, Texts texts) {
        URI uri = flow.verificationUriComplete().orElse(flow.verificationUri());
        Optional<String> svg = svg(uri);
        return svg.map(image -> qrCode.render(texts,
                Map.of("label", texts.get("qr-code", flow.verificationUri()), "svg", new Html(image)))).orElse(Html.NOTHING);
    }

    private static Optional<String> svg(URI uri) {
        try {
            return Optional.of(QrCode.of(uri.toString()).svg());
        } catch (IllegalArgumentException e) {
            LOG.debugf("A page shows no QR code: %s", e.getMessage());
            return Optional.empty();
        }
    }

    private Html ended(State state, Place place) {
        Texts texts = place.texts();
        boolean approved = state == State.APPROVED;
        Html goOn = config.successPath().filter(path -> approved).map(path -> next.render(texts, Map.of("path", path)))
                .orElse(Html.NOTHING);
        String button = state == State.NONE ? "start" : approved ? "another" : "again";
        return ended.render(texts, Map.of("explanation", texts.get(state.text()), "continue", goOn,
                "start", form(SignInPart.START, button, approved ? "" : "primary", place)));
    }

    private Html form(SignInPart part, String button, String kind, Place place) {
        return form.render(place.texts(), Map.of("part", part.path(""), "base", place.base(), "token", place.formToken(),
                "kind", kind, "button", place.texts().get("button-" + button)));
    }
}
