package io.quarkiverse.deviceauthorization.devserver;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.quarkiverse.deviceauthorization.devserver.DeviceFlow.State;
import io.quarkiverse.deviceauthorization.devserver.Pages.Result;

/** {@code /activate}: where a person enters the code, sees what is asked for, and decides (RFC 8628 §3.3). */
final class VerificationPage {

    static final String PATH = "/activate";

    private static final String USER_CODE = "user_code";

    private final Pages pages = new Pages();
    private final Settings settings;
    private final String sessionCookie;
    private final DeviceFlows flows;
    private final Codes codes;
    private final CsrfTokens csrfTokens;
    private final WrongCodes wrongCodes;
    private final InstantSource clock;

    VerificationPage(Settings settings, int port, DeviceFlows flows, Codes codes) {
        this.settings = settings;
        this.sessionCookie = "device_session_" + port; // cookies don't tell ports apart
        this.flows = flows;
        this.codes = codes;
        this.clock = settings.clock();
        this.csrfTokens = new CsrfTokens(codes);
        this.wrongCodes = new WrongCodes(clock);
    }

    /** Asks for the code, or shows what the code stands for. */
    Response show(Request request) {
        Optional<String> typed = request.query().value(USER_CODE);
        if (typed.isEmpty()) {
            return pages.enterCode();
        }
        if (wrongCodes.tooMany()) {
            return pages.result(Result.TOO_MANY_ATTEMPTS, Map.of());
        }
        Optional<DeviceFlow> flow = flows.byUserCode(typed.get());
        if (flow.isEmpty()) {
            wrongCodes.add();
            return pages.codeUnknown(typed.get());
        }
        return flow.get().pending(clock.instant()) ? confirm(request, flow.get()) : over(flow.get());
    }

    private Response confirm(Request request, DeviceFlow flow) {
        String session = session(request).orElseGet(codes::opaque);
        return pages.confirm(flow, settings.users().values(), csrfTokens.issue(session, flow.userCode))
                .with("Set-Cookie", sessionCookie + "=" + session + "; Path=" + PATH + "; HttpOnly; SameSite=Strict");
    }

    /** Takes the decision. */
    Response decide(Request request) {
        Parameters form = request.form();
        String userCode = form.value(USER_CODE).orElse("");
        Optional<DeviceFlow> flow = flows.byUserCode(userCode);
        if (flow.isEmpty() || isForeign(request) || !csrfTokens.isValid(form.value("csrf_token").orElse(""),
                session(request).orElse(""), userCode)) {
            return pages.result(Result.STALE_PAGE, Map.of());
        }
        return switch (form.value("decision").orElse("")) {
            case "approve" -> approve(request, flow.get(), form);
            case "deny" -> flow.get().deny(clock.instant()) ? pages.result(Result.DENIED, client(flow.get()))
                    : over(flow.get());
            default -> pages.result(Result.STALE_PAGE, Map.of());
        };
    }

    private Response approve(Request request, DeviceFlow flow, Parameters form) {
        User user = settings.users().get(form.value("user").orElse(""));
        if (user == null) {
            return pages.userUnknown(flow, settings.users().values(),
                    csrfTokens.issue(session(request).orElseThrow(), flow.userCode));
        }
        return flow.approve(user, clock.instant())
                ? pages.result(Result.APPROVED, Map.of("client", flow.clientId, "user", user.displayName()))
                : over(flow);
    }

    private Response over(DeviceFlow flow) {
        return pages.result(flow.state() == State.PENDING ? Result.EXPIRED : Result.ALREADY_USED, client(flow));
    }

    private static Map<String, Object> client(DeviceFlow flow) {
        return Map.of("client", flow.clientId);
    }

    /** Sent by another site's page. Under our referrer policy, browsers send {@code Origin: null} for our own form. */
    private static boolean isForeign(Request request) {
        return request.header("Sec-Fetch-Site").filter(site -> !site.equals("same-origin")).isPresent()
                || request.header("Origin").filter(origin -> !origin.equals("null") && !request.isOwnOrigin(origin))
                        .isPresent();
    }

    private Optional<String> session(Request request) {
        return request.header("Cookie").stream().flatMap(cookies -> Stream.of(cookies.split(";"))).map(String::trim)
                .filter(cookie -> cookie.startsWith(sessionCookie + "="))
                .map(cookie -> cookie.substring(sessionCookie.length() + 1)).filter(session -> session.matches("[\\w-]{43}"))
                .findFirst();
    }

    /** A style sheet or an image of the page. */
    static Handler asset(String name, String contentType) {
        String content = Template.resource(name);
        return request -> Response.of(200, contentType, content);
    }
}
