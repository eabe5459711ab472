package io.quarkiverse.deviceauthorization.deployment.devui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.ReaderException;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.multi.qrcode.QRCodeMultiReader;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.LocatorAssertions.ContainsTextOptions;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;

import io.quarkiverse.deviceauthorization.deployment.DevMode;
import io.quarkiverse.deviceauthorization.deployment.Http;
import io.quarkus.test.QuarkusDevModeTest;

@Tag("browser")
@DisplayName("In the Dev UI, in a browser,")
class DevUIBrowserTest {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final double PATIENCE = 60_000;

    /** The Dev UI misses the Maven project, which an application in a test doesn't have. */
    private static final String NO_COMPLAINTS = "vaadin-notification-card { display: none }";

    @RegisterExtension
    static final QuarkusDevModeTest APPLICATION = DevUIApplication.inDevMode();

    private static Playwright playwright;
    private static Browser browser;

    private final List<String> complaints = new ArrayList<>();
    private BrowserContext context;
    private Page page;
    private String origin;

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
    void find() {
        origin = "http://localhost:" + DevMode.port(APPLICATION);
    }

    private void open(NewContextOptions options) {
        if (context != null) {
            context.close();
        }
        context = browser.newContext(options);
        page = context.newPage();
        page.setDefaultTimeout(PATIENCE);
        page.onPageError(complaints::add);
        page.onDialog(dialog -> {
            complaints.add("A dialog: " + dialog.message());
            dialog.dismiss();
        });
    }

    /** @return the component of the page */
    private Locator show(String name) {
        page.navigate(origin + "/q/dev-ui/quarkus-device-authorization/" + name);
        Locator component = component(name);
        assertThat(component).isVisible(new IsVisibleOptions().setTimeout(PATIENCE));
        return component;
    }

    private Locator component(String name) {
        return page.locator("qwc-device-authorization-" + (name.equals("development-server") ? "dev-server" : name));
    }

    private void screenshot(String name) {
        page.screenshot(new ScreenshotOptions().setPath(SCREENSHOTS.resolve("dev-ui-" + name + ".png"))
                .setStyle(NO_COMPLAINTS));
    }

    private static void press(Locator in, String button) {
        in.getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(button).setExact(true)).click();
    }

    private static void assertContains(Locator where, String text) {
        assertThat(where).containsText(text, new ContainsTextOptions().setTimeout(PATIENCE));
    }

    /** @return the flow that was just started */
    private Locator start(Locator flows, String owner) {
        flows.getByLabel("Owner of the tokens").fill(owner);
        press(flows, "Start");
        Locator flow = flows.locator("article").filter(new Locator.FilterOptions().setHasText("owner " + owner));
        assertThat(flow.getByRole(AriaRole.IMG)).isVisible();
        return flow;
    }

    private void assertAccessible(String name) {
        var violations = new AxeBuilder(page).include("qwc-device-authorization-"
                + (name.equals("development-server") ? "dev-server" : name)).analyze().getViolations();
        assertThat(violations.stream().map(rule -> rule.getId() + ": " + rule.getHelp() + " "
                + rule.getNodes().stream().map(node -> node.getTarget() + " " + node.getHtml()).toList()).toList())
                .as("violations of accessibility rules in " + name).isEmpty();
    }

    /** In one application: to start one takes longer than all of them. */
    @TestFactory
    Stream<DynamicTest> pages() {
        return Stream.of(
                inBrowser("the card leads to each page", this::card),
                inBrowser("somebody starts a flow, reads its code, approves it in place, and finds its timeline and tokens",
                        this::approve),
                inBrowser("somebody denies a flow that the application has started", this::deny),
                inBrowser("somebody lets the server slow down and fail, and sees what comes of it", this::script),
                inBrowser("somebody sees what clients are set to, but no secret, and checks their endpoints", this::clients),
                inBrowser("names of owners are text, whatever is in them", this::hostileOwner),
                inBrowser("pages fit a phone, are accessible in light and dark, and have big targets", this::phone));
    }

    private DynamicTest inBrowser(String what, Executable use) {
        return dynamicTest(what, () -> {
            open(new NewContextOptions().setViewportSize(1280, 900));
            try {
                use.execute();
            } finally {
                context.close();
            }
            assertThat(complaints).as("errors of scripts").isEmpty();
        });
    }

    private void card() {
        page.navigate(origin + "/q/dev-ui/extensions");
        Locator card = page.locator("qwc-extension").filter(new Locator.FilterOptions()
                .setHas(page.getByText("Device Authorization", new Page.GetByTextOptions().setExact(true)))).first();
        assertThat(card).isVisible(new IsVisibleOptions().setTimeout(PATIENCE));
        card.scrollIntoViewIfNeeded();
        for (String title : List.of("Clients", "Flows", "Tokens", "Development server")) {
            assertThat(card.getByText(title)).isVisible();
        }
        screenshot("card");
        card.getByText("Flows").click();
        assertThat(component("flows")).isVisible();
        press(component("flows"), "Start");
        assertContains(component("flows"), "Waiting for the person");
    }

    private void approve() throws IOException, ReaderException {
        Locator flows = show("flows");
        Locator flow = start(flows, "living-room");
        String userCode = flow.locator(".user-code").textContent().replace("User code:", "").strip();
        assertThat(read(flow.getByRole(AriaRole.IMG).screenshot())).startsWith("http://localhost:")
                .endsWith("/activate?user_code=" + userCode);
        assertContains(flow, "Polled: not decided yet");
        screenshot("flow-waiting");
        assertAccessible("flows");

        flow.getByLabel("Person").selectOption("bob");
        press(flow, "Approve");
        assertContains(flow, "Polled: approved, and the tokens are stored");
        assertThat(flow.getByRole(AriaRole.IMG)).hasCount(0);
        screenshot("flow-approved");
        assertAccessible("flows");

        Locator tokens = show("tokens");
        Locator mine = tokens.locator("article").filter(new Locator.FilterOptions().setHasText("Owner living-room"));
        mine.getByText("What the ID token says (decoded, signature not verified)").click();
        assertContains(mine, "\"sub\" : \"bob\"");
        assertThat(mine.locator("code").first()).hasText(Pattern.compile("….{4}"));
        screenshot("tokens");
        assertAccessible("tokens");
        String[] whole = Http.get(origin + "/devui/tokens/living-room").body().split("\n");
        assertThat(whole).hasSize(3).allSatisfy(token -> assertThat(tokens.textContent())
                .doesNotContain(token.substring(token.length() - 8)));

        press(mine, "Sign out living-room");
        press(mine, "Revoke and forget");
        assertThat(mine).hasCount(0);
    }

    /** A reader of one code fails at some of a thousand. */
    private static String read(byte[] picture) throws IOException, ReaderException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
        int width = image.getWidth();
        int[] pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
        return new QRCodeMultiReader().decodeMultiple(new BinaryBitmap(new HybridBinarizer(
                new RGBLuminanceSource(width, image.getHeight(), pixels))), Map.of(DecodeHintType.TRY_HARDER, true))[0]
                .getText();
    }

    private void deny() {
        Locator flows = show("flows");
        Http.post(origin + "/devui/sign-in/kitchen");
        Locator flow = flows.locator("article").filter(new Locator.FilterOptions().setHasText("owner kitchen"));
        press(flow, "Show the code");
        press(flow, "Deny");
        assertContains(flow, "Polled: denied");
        assertThat(flow.locator(".badge")).hasText("Denied");
        screenshot("flow-denied");
    }

    private void script() {
        Locator server = show("development-server");
        press(server, "Empty the queue and forget all flows"); // others would meet the steps
        assertContains(server, "No flows.");
        press(server, "Slow down");
        server.getByLabel("HTTP status").fill("503");
        press(server, "Fail");
        assertContains(server, "slow_down, answer 503");
        screenshot("development-server");
        assertAccessible("development-server");

        Locator flows = show("flows");
        Locator flow = start(flows, "attic");
        assertContains(flow, "Polled: slow down: The server wants 6 s between two polls");
        assertContains(flow, "Polled: no answer that counts");
        screenshot("flow-slowed-down");

        server = show("development-server");
        press(server, "Deny");
        assertContains(server, "denied");
        press(server, "Empty the queue and forget all flows");
        assertContains(server, "No flows.");
    }

    private void clients() {
        Locator clients = show("clients");
        assertContains(clients, "default client");
        assertContains(clients.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions()
                .setHasText("quarkus.device-authorization.auth-server-url")), "Dev Service");
        assertContains(clients.getByRole(AriaRole.ROW).filter(new Locator.FilterOptions()
                .setHasText("box.credentials.secret")), "set, not shown");
        press(clients, "Check the endpoint of default client");
        assertContains(clients, "Up GET http://localhost:");
        press(clients, "Check the endpoint of box");
        assertContains(clients, "Down GET http://localhost:1/");
        screenshot("clients");
        assertAccessible("clients");
        clients.getByLabel("Show keys without a value, too").check();
        assertContains(clients, "quarkus.device-authorization.audience");
        assertThat(clients.textContent()).doesNotContain(DevUIApplication.CLIENT_SECRET, DevUIApplication.GATEWAY_KEY,
                DevUIApplication.LOGIN_TOKEN);
    }

    private void hostileOwner() {
        String owner = "<img src=x onerror=alert(1)> ${7*7} \u202Egnihtemos";
        Locator flows = show("flows");
        Locator flow = start(flows, owner);
        press(flow, "Approve");
        assertContains(flow, "Polled: approved");
        assertThat(flows.locator("img")).hasCount(0);
        screenshot("hostile-owner");

        Locator tokens = show("tokens");
        Locator mine = tokens.locator("article").filter(new Locator.FilterOptions().setHasText("onerror=alert(1)"));
        assertContains(mine, owner);
        assertThat(tokens.locator("img")).hasCount(0);
        press(mine, "Sign out " + owner);
        press(mine, "Revoke and forget");
    }

    private void phone() {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            open(new NewContextOptions().setViewportSize(390, 844).setColorScheme(scheme).setDeviceScaleFactor(2));
            Locator flows = show("flows");
            Locator flow = start(flows, "phone-" + scheme.name().toLowerCase());
            phone("flows", scheme);
            press(flow, "Approve");
            assertContains(flow, "Polled: approved");
            phone("flows", scheme);
            Locator tokens = show("tokens");
            tokens.getByText("What the ID token says (decoded, signature not verified)").first().click();
            phone("tokens", scheme);
            assertContains(show("clients"), "default client");
            phone("clients", scheme);
            assertContains(show("development-server"), "The next polls");
            phone("development-server", scheme);
        }
    }

    private void phone(String name, ColorScheme scheme) {
        screenshot("phone-" + name + "-" + scheme.name().toLowerCase());
        Locator component = component(name);
        assertThat((Boolean) component.evaluate("page => page.scrollWidth <= page.clientWidth"
                + " && [...page.shadowRoot.querySelectorAll('*')].every(each =>"
                + " each.closest('.unseen, thead') || each.getBoundingClientRect().right"
                + " <= page.getBoundingClientRect().right + 1)"))
                .as("everything in " + name + " is within the page").isTrue();
        component.locator("vaadin-button").all()
                .forEach(button -> assertThat(button.boundingBox().height).isGreaterThanOrEqualTo(44));
        assertAccessible(name);
    }
}
