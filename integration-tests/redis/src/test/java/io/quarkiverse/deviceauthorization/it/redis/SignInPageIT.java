package io.quarkiverse.deviceauthorization.it.redis;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.it.process.Directories;
import io.quarkiverse.deviceauthorization.redis.server.RedisServer;

/** Two processes, a Redis server, and somebody's browser, which reaches the nodes through one address. */
@Tag("browser")
@DisplayName("A sign-in page on two nodes")
@Tag("redis")
class SignInPageIT {

    /** A dead node's claim has to end before the other one asks: some seconds, and then those until it looks again. */
    private static final double PATIENCE = Duration.ofSeconds(60).toMillis();

    private final DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().interval(Duration.ofSeconds(1))
            .start();
    private final RedisServer redis = RedisServer.start();
    private final Cluster cluster = new Cluster(2,
            NodeProgram.at(server).sharing(redis).with("quarkus.device-authorization-web.heartbeat", "1s")
                    .with("quarkus.shutdown.timeout", "60s"),
            Directories.fresh("sign-in-page"));
    private final List<String> loads = new ArrayList<>();
    private Playwright playwright;
    private Page page;
    private Balancer balancer;

    @BeforeEach
    void open() {
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE);
        cluster.start();
        balancer = new Balancer(node(0));
        playwright = Playwright
                .create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright.chromium().launch(new LaunchOptions().setExecutablePath(chromium())
                .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run")));
        page = browser.newContext(new Browser.NewContextOptions().setLocale("en")).newPage();
        page.onLoad(loaded -> loads.add(loaded.url()));
        page.navigate(balancer.uri() + "/sign-in");
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Sign in")).click();
        assertThat(page.locator(".device-authorization.live .code")).isVisible();
        loads.clear();
    }

    @AfterEach
    void close() {
        if (playwright != null) {
            playwright.close();
        }
        if (balancer != null) {
            balancer.close();
        }
        cluster.close();
        redis.close();
        server.close();
    }

    private URI node(int number) {
        return cluster.nodes().get(number).uri().orElseThrow();
    }

    private static Path chromium() {
        return Stream.of("chromium", "chromium-browser", "google-chrome")
                .flatMap(name -> Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(dir -> Path.of(dir, name)))
                .filter(Files::isExecutable).findFirst().orElseThrow(() -> new IllegalStateException(
                        "Chromium is missing: install chromium, chromium-browser or google-chrome on the PATH"));
    }

    private String code() {
        return page.locator(".code").textContent();
    }

    private void assertShown(String text) {
        assertThat(page.locator(".device-authorization")).containsText(text);
    }

    @Test
    @DisplayName("goes on at the other node when that is killed which began the sign-in, and shows the approval by itself")
    void killed() {
        String code = code();
        URI other = node(1);
        cluster.nodes().get(0).current().kill();
        assertShown("The connection to this page is lost. We keep trying.");
        balancer.leadTo(other);
        assertShown("Waiting for you to approve …");
        assertThat(code()).isEqualTo(code);
        server.script().approve(code, "alice");

        assertShown("You are signed in");
        assertThat(loads).as("pages that were loaded since").isEmpty();
        assertThat(server.counters().earlyPolls()).as("polls before the interval was over").isZero();
    }

    @Test
    @DisplayName("goes on at the other node when that is stopped which tells how it goes, and can be cancelled there")
    void stopped() {
        URI other = node(1);
        balancer.leadTo(other);
        Instant asked = Instant.now();
        cluster.nodes().get(0).current().stop();
        assertThat(Duration.between(asked, Instant.now())).as("a stop that waits for requests under way")
                .isLessThan(Duration.ofSeconds(50));
        assertThat(page.locator(".device-authorization.live")).isVisible();
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Cancel")).click();

        assertShown("Sign-in cancelled");
    }

    @Test
    @DisplayName("shows at one node what another one has heard")
    void elsewhere() {
        balancer.leadTo(node(1));
        page.reload();
        assertThat(page.locator(".device-authorization.live .code")).isVisible();
        server.script().deny(code());

        assertShown("Sign-in denied");
    }
}
