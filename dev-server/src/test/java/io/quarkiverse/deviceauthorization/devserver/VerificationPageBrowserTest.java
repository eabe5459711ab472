package io.quarkiverse.deviceauthorization.devserver;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;

/** The verification page as a person sees it, in Chromium; run by the profile {@code browser}. */
@Tag("browser")
class VerificationPageBrowserTest {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final double PATIENCE = 60_000;

    private static Playwright playwright;
    private static Browser browser;

    private final VirtualClock clock = new VirtualClock();
    private final DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().clock(clock).start();
    private final Http http = new Http(server);
    private final List<String> complaints = new ArrayList<>();
    private JsonNode flow;
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void launch() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        Path executable = chromium();
        playwright = Playwright
                .create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium().launch(new LaunchOptions().setExecutablePath(executable)
                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking",
                        "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-quic")));
    }

    private static Path chromium() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(dir -> Path.of(dir, name)))
                .filter(Files::isExecutable).findFirst().orElseThrow(() -> new IllegalStateException(
                        "Chromium is missing: install chromium, chromium-browser or google-chrome on the PATH"));
    }

    @AfterAll
    static void quit() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @BeforeEach
    void openBrowser() {
        flow = http.start("openid profile offline_access");
        open(new NewContextOptions().setViewportSize(1024, 768));
    }

    private void open(NewContextOptions options) {
        if (context != null) {
            context.close();
        }
        context = browser.newContext(options);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.text().contains("Content Security Policy")) {
                complaints.add(message.text());
            }
        });
    }

    @AfterEach
    void close() {
        context.close();
        server.close();
        assertThat(complaints).as("violations of the content security policy").isEmpty();
    }

    private String userCode() {
        return flow.get("user_code").asText();
    }

    private void screenshot(String name) {
        page.screenshot(new ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")).setFullPage(true));
    }

    private void press(String button) {
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(button)).click();
    }

    private void assertHeading(String heading) {
        assertThat(page.getByRole(AriaRole.HEADING, new GetByRoleOptions().setName(heading).setLevel(1))).isVisible();
    }

    @Test
    void aPersonEntersTheCodeAndApproves() {
        page.navigate(server.issuer() + "/activate");
        screenshot("enter-code");
        page.getByLabel("Code").fill(userCode().replace("-", "").toLowerCase());
        press("Continue");

        assertHeading("Approve this sign-in?");
        assertThat(page.getByText(userCode())).isVisible();
        assertThat(page.getByText("Only go on if you started this yourself")).isVisible();
        assertThat(page.getByText("Stay signed in until you sign out")).isVisible();
        page.getByLabel("Bob").check();
        screenshot("confirm");
        press("Approve");

        assertHeading("Approved");
        assertThat(page.getByText("Go back to your device")).isVisible();
        screenshot("approved");
        JsonNode tokens = Http.json(http.poll(flow));
        assertThat(http.hello(tokens.get("access_token").asText()).body()).contains("Hello Bob");
    }

    @Test
    void aPersonOpensTheCompleteUriAndDenies() {
        page.navigate(flow.get("verification_uri_complete").asText());
        assertThat(page.getByText(userCode())).isVisible();
        press("Deny");

        assertHeading("Denied");
        screenshot("denied");
        assertThat(http.poll(flow).body()).contains("access_denied");
    }

    @Test
    void aWrongCodeIsExplainedAndMayBeCorrected() {
        page.navigate(server.issuer() + "/activate");
        page.getByLabel("Code").fill("AAAA-AAAA");
        press("Continue");

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("This code is unknown");
        assertThat(page.getByLabel("Code")).hasValue("AAAA-AAAA");
        screenshot("wrong-code");
        page.getByLabel("Code").fill(userCode());
        press("Continue");
        assertHeading("Approve this sign-in?");
    }

    @Test
    void anExpiredCodeLeadsToANewOne() {
        clock.advanceSeconds(300);
        page.navigate(flow.get("verification_uri_complete").asText());

        assertHeading("This code has expired");
        screenshot("expired");
        page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Enter another code")).click();
        assertHeading("Enter your code");
    }

    @Test
    void itWorksWithTheKeyboardAlone() {
        page.navigate(server.issuer() + "/activate");
        assertThat(page.getByRole(AriaRole.TEXTBOX)).isFocused(); // what is typed before is lost
        page.keyboard().type(userCode());
        page.keyboard().press("Enter");
        assertHeading("Approve this sign-in?");
        page.keyboard().press("Tab");
        assertThat(page.getByLabel("Alice")).isFocused();
        page.keyboard().press("Tab");
        page.keyboard().press("Tab");
        assertThat(page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Approve"))).isFocused();
        page.keyboard().press("Enter");
        assertHeading("Approved");
    }

    @Test
    void aPhoneNeedsNoHorizontalScrollingAndHasBigTargets() {
        flow = Http.json(http.post("/oauth/device/code", "client_id", "a-client-with-a-name-".repeat(6), "scope",
                "openid https://api.example.com/auth/" + "long.".repeat(20)));
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            open(new NewContextOptions().setViewportSize(390, 844).setColorScheme(scheme).setDeviceScaleFactor(2));
            for (String path : List.of("/activate", "/activate?user_code=" + userCode())) {
                page.navigate(server.issuer() + path);
                screenshot("phone" + (path.contains("?") ? "-confirm-" : "-enter-") + scheme.name().toLowerCase());
                assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(390);
                page.getByRole(AriaRole.BUTTON).all()
                        .forEach(button -> assertThat(button.boundingBox().height).isGreaterThanOrEqualTo(44));
            }
        }
    }

    /** The picture in the documentation. */
    @Test
    void aPersonApprovesOnAPhone() {
        flow = Http.json(http.post("/oauth/device/code", "client_id", "hello", "scope", "openid profile offline_access"));
        open(new NewContextOptions().setViewportSize(420, 900));
        page.navigate(flow.get("verification_uri_complete").asText());
        assertThat(page.getByText("hello asks to sign in on your device.")).isVisible();
        screenshot("phone-approve");
        press("Approve");

        assertHeading("Approved");
    }

    @Test
    void itWorksWithoutJavaScript() {
        open(new NewContextOptions().setJavaScriptEnabled(false));
        page.navigate(flow.get("verification_uri_complete").asText());
        press("Approve");
        assertHeading("Approved");
    }
}
