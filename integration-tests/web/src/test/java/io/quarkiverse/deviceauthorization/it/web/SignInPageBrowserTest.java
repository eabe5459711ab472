package io.quarkiverse.deviceauthorization.it.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;

/** The sign-in page of the kiosk as a person sees it, in Chromium; run by the profile {@code browser}. */
@QuarkusTest
@Tag("browser")
@DisplayName("The sign-in page, in a browser,")
class SignInPageBrowserTest {

    /** How long it shows that a person is signed in before it goes on, in milliseconds. */
    private static final int LEADS_ON = 1500;
    private static final int WHILE = 10_000;

    private static final String STAY = "addEventListener('device-authorization', event => event.preventDefault())";

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private static Chromium chromium;

    @TestHTTPResource("/")
    String root;

    private final List<String> complaints = new ArrayList<>();
    private final List<String> loads = new ArrayList<>();
    private final List<BrowserContext> contexts = new ArrayList<>();
    private Page page;

    /** What a screen is like. */
    enum Screen {

        DESKTOP(1280, 900, ColorScheme.LIGHT),
        DESKTOP_DARK(1280, 900, ColorScheme.DARK),
        PHONE(390, 844, ColorScheme.LIGHT),
        PHONE_DARK(390, 844, ColorScheme.DARK),
        SMALL_PHONE(320, 568, ColorScheme.LIGHT),
        TELEVISION(1920, 1080, ColorScheme.DARK);

        private final int width;
        private final int height;
        private final ColorScheme scheme;

        Screen(int width, int height, ColorScheme scheme) {
            this.width = width;
            this.height = height;
            this.scheme = scheme;
        }

        NewContextOptions options() {
            return new NewContextOptions().setViewportSize(width, height).setColorScheme(scheme).setLocale("en-GB")
                    .setReducedMotion(ReducedMotion.REDUCE);
        }
    }

    @BeforeAll
    static void launch() {
        chromium = new Chromium();
    }

    @AfterAll
    static void quit() {
        chromium.close();
    }

    @BeforeEach
    void reset() {
        given().formParam("action", "reset").post(server() + "/dev/script").then().statusCode(200);
    }

    /** A sign-in that is still polled would get what the script has for the next one. */
    @AfterEach
    void close() {
        page.navigate(root + "sign-in");
        Locator cancel = page.locator("form[data-part='/cancel'] button");
        if (cancel.isVisible()) {
            cancel.click();
            assertThat(cancel).isHidden();
        }
        contexts.forEach(BrowserContext::close);
        assertThat(complaints).as("what the browser complains about").isEmpty();
    }

    private static String server() {
        return ConfigProvider.getConfig().getValue("quarkus.device-authorization.auth-server-url", String.class);
    }

    private Page browser(NewContextOptions options) {
        BrowserContext context = chromium.open(options);
        contexts.add(context);
        Page opened = context.newPage();
        opened.onConsoleMessage(message -> {
            boolean icon = message.location().contains("/favicon.ico"); // the application has none
            if (message.type().equals("error") && !icon || message.text().contains("Content Security Policy")) {
                complaints.add(message.text());
            }
        });
        opened.onPageError(complaints::add);
        opened.onLoad(loaded -> loads.add(loaded.url()));
        return opened;
    }

    private void open(Screen screen, String path) {
        page = browser(screen.options());
        page.addInitScript("document.addEventListener('securitypolicyviolation', event =>"
                + " console.error('Content Security Policy: ' + event.violatedDirective + ' ' + event.blockedURI))");
        page.navigate(root + path);
    }

    private static void press(Page where, String button) {
        where.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(button).setExact(true)).click();
    }

    private void assertHeading(String heading) {
        assertThat(page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName(heading).setExact(true))).isVisible();
    }

    private String start() {
        press(page, "Sign in");
        assertThat(page.locator(".code")).isVisible();
        return page.locator(".code").textContent();
    }

    /** As on a phone that has read the QR code. */
    private void decide(String uri, String decision) {
        Page phone = browser(Screen.PHONE.options());
        phone.navigate(uri);
        press(phone, decision);
        phone.context().close();
        contexts.remove(phone.context());
        loads.removeIf(url -> url.startsWith(server()));
    }

    private void script(String action, String userCode) {
        given().formParam("action", action).formParam("user_code", userCode).post(server() + "/dev/script").then()
                .statusCode(200);
    }

    @Test
    @DisplayName("shows a QR code that a camera reads, and turns to approved without being loaded again; then it leads on")
    void approved() {
        open(Screen.DESKTOP, "sign-in");
        String code = start();
        assertHeading("Sign in to Library kiosk");
        assertThat(page.locator(".uri")).hasText(server() + "/activate");
        assertThat(page.locator("[data-status]")).hasText("Waiting for you to approve …");
        assertThat(page.locator(".device-authorization.live")).isVisible();
        assertThat(page.getByText("I have approved")).isHidden();
        assertThat(page.locator("[data-seconds]")).hasText(Pattern.compile("[45]:[0-5][0-9]"));
        String uri = Screenshots.qrCode(page);
        assertThat(uri).isEqualTo(server() + "/activate?user_code=" + code);
        List<String> before = List.copyOf(loads);
        page.clock().install();
        page.clock().pauseAt(System.currentTimeMillis() + WHILE);

        decide(uri, "Approve");

        assertHeading("You are signed in");
        assertThat(page.locator(".heading")).isFocused();
        page.clock().runFor(LEADS_ON - 1);
        assertThat(loads).as("what was loaded since").isEqualTo(before);
        page.clock().runFor(1);
        page.waitForURL(root + "welcome");
        assertThat(page.getByText("Welcome, alice!")).isVisible();
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("is usable for everybody on every screen, in each state")
    void everybody(Screen screen) {
        open(screen, "sign-in");
        page.addInitScript(STAY);
        page.reload();
        assertUsable(screen, "none", false);
        start();
        assertUsable(screen, "waiting", true);
        assertThat(Screenshots.qrCode(page)).startsWith(server());
        press(page, "Cancel");
        assertHeading("Sign-in cancelled");
        assertUsable(screen, "cancelled", false);
        press(page, "Get a new code");
        assertThat(page.locator(".code")).isVisible();
        script("expire", page.locator(".code").textContent());
        assertHeading("The code has expired");
        assertUsable(screen, "expired", false);
        press(page, "Get a new code");
        assertThat(page.locator(".code")).isVisible();
        given().formParam("action", "fail").formParam("times", "2").formParam("status", "503").post(server() + "/dev/script");
        assertThat(page.locator("[data-status]")).containsText("The sign-in service can't be reached");
        assertUsable(screen, "connection-lost", true);
        assertThat(page.locator("[data-status]")).hasText("Waiting for you to approve …");
        script("deny", page.locator(".code").textContent());
        assertHeading("Sign-in denied");
        assertUsable(screen, "denied", false);
        press(page, "Get a new code");
        assertThat(page.locator(".code")).isVisible();
        script("approve", page.locator(".code").textContent());
        assertHeading("You are signed in");
        assertUsable(screen, "approved", false);
    }

    private void assertUsable(Screen screen, String state, boolean codeShown) {
        assertThat(page.locator("[data-state=" + state + "]")).isVisible();
        Screenshots.take(page, screen.name().toLowerCase() + "-" + state);
        Accessibility.check(page);
        assertThat(page.evaluate("document.documentElement.scrollWidth")).as("how far it scrolls to the side")
                .isEqualTo(screen.width);
        if (screen.width > 1000) {
            assertThat((Integer) page.evaluate("document.documentElement.scrollHeight")).as("how far it scrolls down")
                    .isLessThanOrEqualTo(screen.height);
        }
        page.getByRole(AriaRole.BUTTON).all()
                .forEach(button -> assertThat(button.boundingBox().height).isGreaterThanOrEqualTo(44));
        if (codeShown) {
            assertThat(page.locator(".code").boundingBox().width).isLessThanOrEqualTo(screen.width);
        }
    }

    @Test
    @DisplayName("tells that nobody approved in time, and starts again when a person says so")
    void expired() {
        open(Screen.DESKTOP, "sign-in");
        String first = start();
        script("expire", first);
        assertHeading("The code has expired");
        press(page, "Get a new code");

        assertThat(page.locator(".code")).isVisible();
        assertThat(page.locator(".code")).not().hasText(first);
        assertThat(page.locator("[data-state=waiting].live")).isVisible();
    }

    @Test
    @DisplayName("works with the keyboard alone, and tells screen readers what happens")
    void keyboard() {
        open(Screen.DESKTOP, "sign-in");
        page.keyboard().press("Tab");
        assertThat(page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Sign in"))).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator(".heading")).isFocused();
        assertThat(page.locator(".code")).isVisible();
        given().formParam("action", "fail").formParam("times", "2").formParam("status", "503").post(server() + "/dev/script");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("The sign-in service can't be reached at the moment."
                + " We keep trying.");
        assertThat(page.getByRole(AriaRole.STATUS)).hasText("Waiting for you to approve …");
        page.keyboard().press("Tab");
        assertThat(page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Cancel"))).isFocused();
        page.keyboard().press("Enter");
        assertHeading("Sign-in cancelled");
        assertThat(page.locator(".heading")).isFocused();
    }

    @Test
    @DisplayName("works without JavaScript")
    void withoutScript() {
        page = browser(Screen.DESKTOP.options().setJavaScriptEnabled(false));
        page.navigate(root + "sign-in");
        press(page, "Sign in");
        String code = page.locator(".code").textContent();
        assertThat(page.url()).isEqualTo(root + "sign-in");
        assertThat(page.locator("[data-seconds]")).hasText(Pattern.compile("[45] minutes"));
        Screenshots.take(page, "without-script");
        page.getByText("I have approved").click();
        assertThat(page.locator(".code")).hasText(code);
        decide(server() + "/activate?user_code=" + code, "Approve");
        for (long end = System.nanoTime() + PATIENCE.toNanos(); page.locator(".code").isVisible()
                && System.nanoTime() - end < 0;) {
            page.waitForTimeout(250);
            page.getByText("I have approved").click();
        }
        assertHeading("You are signed in");
        page.getByText("Continue").click();
        assertThat(page.getByText("Welcome, alice!")).isVisible();
    }

    @Test
    @DisplayName("speaks German to those who do")
    void german() {
        page = browser(Screen.DESKTOP.options().setLocale("de-DE"));
        page.navigate(root + "sign-in");
        assertHeading("Bei Library kiosk anmelden");
        press(page, "Anmelden");
        assertThat(page.locator("[data-status]")).hasText("Wir warten auf Ihre Zustimmung …");
        Screenshots.take(page, "german");
        Accessibility.check(page);
        press(page, "Abbrechen");
        assertHeading("Anmeldung abgebrochen");
    }

    @Test
    @DisplayName("is a part of a page of the application, which hears how it ends and goes on as it likes")
    void included() {
        open(Screen.DESKTOP, "catalogue.html");
        assertThat(page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName("Sign in to Library kiosk").setLevel(2)))
                .isVisible();
        String code = start();
        Screenshots.take(page, "included");
        Accessibility.check(page);
        decide(server() + "/activate?user_code=" + code, "Approve");

        assertThat(page.getByText("Here are your loans.")).isVisible();
        assertHeading("You are signed in");
        assertThat(page.url()).isEqualTo(root + "catalogue.html");
    }

    @Test
    @DisplayName("works in a frame")
    void framed() {
        open(Screen.DESKTOP, "framed.html");
        page.evaluate("addEventListener('message', event => document.title = event.data.type + ' ' + event.data.state)");
        FrameLocator frame = page.frameLocator("iframe");
        frame.getByRole(AriaRole.BUTTON).click();
        String code = frame.locator(".code").textContent();
        decide(server() + "/activate?user_code=" + code, "Deny");

        assertThat(frame.getByText("Sign-in denied")).isVisible();
        assertThat(page).hasTitle("device-authorization denied");
    }

    @Test
    @DisplayName("tells the same in two tabs, also when one of them begins anew")
    void tabs() {
        open(Screen.DESKTOP, "sign-in");
        String first = start();
        Page other = page.context().newPage();
        other.navigate(root + "sign-in");
        assertThat(other.locator(".code")).hasText(first);
        press(other, "Cancel");

        assertHeading("Sign-in cancelled");
        press(page, "Get a new code");
        assertThat(page.locator("[data-state=waiting].live")).isVisible();
        assertThat(URI.create(page.url()).getPath()).isEqualTo("/sign-in");
    }
}
