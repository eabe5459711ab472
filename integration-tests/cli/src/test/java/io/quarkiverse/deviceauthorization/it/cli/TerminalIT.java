package io.quarkiverse.deviceauthorization.it.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.devserver.Endpoint;
import io.quarkiverse.deviceauthorization.it.cli.Camera.Theme;

@Tag("terminal")
@DisplayName("The packaged program in a terminal")
class TerminalIT {

    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    private static final Pattern CODE = Pattern.compile("(?m)^ {4}([A-Z0-9]{4}-[A-Z0-9]{4})$");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String WAITING = "Waiting for your approval";

    @TempDir
    Path directory;

    private final DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().interval(Duration.ofSeconds(1))
            .start();
    private final Map<String, String> environment = new HashMap<>(
            Map.of("TERM", "tmux-256color", "LANG", "C.UTF-8"));
    private Tmux terminal;

    @BeforeEach
    void install() throws IOException {
        Path program = directory.resolve("hello");
        Files.writeString(program, "#!/bin/sh\nexec '" + JAVA + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
                + " -Dquarkus.device-authorization.auth-server-url=" + server.issuer()
                + " -Dquarkus.device-authorization.client-id=hello"
                + " -Dquarkus.device-authorization.tokens.file.directory='" + directory.resolve("tokens") + "'"
                + " -jar '" + System.getProperty("application") + "' \"$@\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        environment.put("PATH", directory + ":" + System.getenv("PATH"));
    }

    @AfterEach
    void close() {
        try {
            if (terminal != null) {
                terminal.close();
            }
        } finally {
            server.close();
        }
    }

    private void open(int columns, int rows) {
        terminal = new Tmux(columns, rows, environment);
    }

    /** Types a command in the directory of the test; its exit code is told at its end. */
    private void run(String command) {
        terminal.type("cd '" + directory + "'; clear; " + command + "; echo \"exit $?.\"");
    }

    private String code() {
        Matcher code = CODE.matcher(terminal.screen());
        assertThat(code.find()).as("a code on the screen").isTrue();
        return code.group(1);
    }

    private static List<String> lines(String screen) {
        return screen.lines().toList();
    }

    @Test
    @DisplayName("shows the prompt, counts down in one line, and goes on when the person approves")
    void countsDown() {
        open(80, 24);
        run("hello login");
        List<String> before = lines(
                terminal.awaitScreen(screen -> screen.contains(WAITING + " - 4:") && screen.contains(" left")));
        int last = IntStream.range(0, before.size()).filter(line -> before.get(line).contains(" left")).findFirst().getAsInt();
        List<String> after = lines(terminal.awaitScreen(screen -> !lines(screen).get(last).equals(before.get(last))));

        assertThat(String.join("\n", before)).contains("To sign in, open this page on any device:",
                server.issuer() + "/activate", "Only go on if you started this sign-in yourself, just now.");
        assertThat(after.get(last)).startsWith(WAITING + " - 4:");
        assertThat(after.subList(0, last)).isEqualTo(before.subList(0, last));
        assertThat(after).filteredOn(text -> text.contains(" left")).hasSize(1);

        server.script().approve(code(), "alice");
        String end = terminal.awaitText("exit 0.");
        assertThat(end).contains("Approved: you are signed in.\nYou are signed in.\nexit 0.").doesNotContain(" left");
    }

    @Test
    @DisplayName("says that the connection is lost, and that the server wants to be asked less often")
    void saysWhatHappens() {
        open(80, 24);
        server.script().fail(503).fail(503).slowDown(); // the first of them is seen for two seconds
        run("hello login");

        terminal.awaitText("Connection lost, retrying - 4:");
        terminal.awaitText("Waiting, asking every 6 s - 4:");
    }

    @ParameterizedTest
    @ValueSource(strings = { "tmux-256color", "screen" })
    @DisplayName("shows a QR code that can be scanned on dark and light backgrounds, in a window of the usual size")
    void qrCode(String term) {
        environment.put("TERM", term);
        environment.put("HELLO_PROMPT", "qr");
        open(80, 24);
        run("hello login");
        String screen = terminal.awaitText(WAITING);
        String colours = terminal.colours();

        String complete = server.issuer() + "/activate?user_code=" + code();
        assertThat(Camera.scan(colours, 80, Theme.DARK)).isEqualTo(complete);
        assertThat(Camera.scan(colours, 80, Theme.LIGHT)).isEqualTo(complete);
        assertThat(screen).contains(server.issuer() + "/activate\n", "Only go on if you started this");
    }

    @Test
    @DisplayName("shows a QR code without colours with NO_COLOR, and nothing else in colour either")
    void noColor() {
        environment.putAll(Map.of("NO_COLOR", "1", "HELLO_PROMPT", "qr"));
        open(80, 24);
        run("hello login");
        terminal.awaitText(WAITING);

        assertThat(terminal.colours()).doesNotContain("\033[");
        assertThat(Camera.scan(terminal.colours(), 80, Theme.DARK)).endsWith(code());
        server.script().approve(code(), "alice");
        terminal.awaitText("exit 0.");
        assertThat(terminal.colours()).doesNotContain("\033[");
    }

    @Test
    @DisplayName("shows text and says why where there is no room for a QR code")
    void noRoom() {
        environment.put("HELLO_PROMPT", "qr");
        open(40, 10);
        run("hello login");
        terminal.awaitText(WAITING);

        assertThat(terminal.history()).contains("No QR code: it takes").doesNotContain("█");
        assertThat(lines(terminal.history())).allMatch(line -> line.length() <= 40);
    }

    @Test
    @DisplayName("goes on in one line when the window is made smaller and larger")
    void resize() {
        open(80, 24);
        run("hello login");
        terminal.awaitText(WAITING);
        terminal.resize(40, 24);
        terminal.awaitScreen(screen -> screen.contains(WAITING + " - 4:"));
        terminal.resize(30, 10);
        await().atMost(PATIENCE).until(
                () -> lines(terminal.history()).stream().filter(line -> line.contains("Waiting")).toList(),
                List.of(WAITING)::equals);
        terminal.resize(120, 40);
        terminal.awaitText(WAITING + " - 4:");

        assertThat(lines(terminal.history())).filteredOn(line -> line.contains("Waiting")).hasSize(1);
        server.script().approve(code(), "alice");
        terminal.awaitText("Approved: you are signed in.\nYou are signed in.\nexit 0.");
    }

    @Test
    @DisplayName("cancels the sign-in with Ctrl-C, leaves the terminal tidy, and the next one is another")
    void interrupt() {
        open(80, 24);
        run("hello login");
        terminal.awaitText(WAITING);
        String code = code();
        terminal.interrupt();

        String end = terminal.awaitText("exit 130.");
        assertThat(end).contains("\nThe sign-in was cancelled.\nexit 130.\n$").doesNotContain(" left", "Exception", "^C");
        assertThat(terminal.cursor()).startsWith("2,");

        run("hello login");
        terminal.awaitText(WAITING);
        assertThat(code()).isNotEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({ "TERM, dumb", "HELLO_PROMPT, qr" })
    @DisplayName("cancels the sign-in with Ctrl-C whatever the terminal can do")
    void interruptElsewhere(String variable, String value) {
        environment.put(variable, value);
        open(80, 24);
        run("hello login");
        terminal.awaitText("Only go on if");
        terminal.awaitScreen(screen -> CODE.matcher(screen).find());
        String code = code();
        terminal.interrupt();
        assertThat(terminal.awaitText("exit 130.")).contains("The sign-in was cancelled.");

        run("hello login");
        terminal.awaitScreen(screen -> CODE.matcher(screen).results().anyMatch(other -> !other.group(1).equals(code)));
    }

    @Test
    @DisplayName("goes on with the same sign-in when it was killed")
    void killed() {
        open(80, 24);
        run("hello login & PID=$!; read line; kill -9 $PID; wait $PID");
        terminal.awaitText(WAITING);
        String code = code();
        terminal.type("");
        terminal.awaitText("exit 137.");

        run("hello login");
        terminal.awaitText(WAITING);
        assertThat(code()).isEqualTo(code);
    }

    @Test
    @DisplayName("writes plain lines into a file")
    void intoFile() throws IOException {
        open(80, 24);
        server.script().pending(1).fail(503);
        run("hello login 2>log");
        Path log = directory.resolve("log");
        await().atMost(PATIENCE).until(() -> Files.exists(log) && CODE.matcher(Files.readString(log)).find());
        await().atMost(PATIENCE).until(() -> Files.readString(log).contains("retrying"));
        server.script().approve("alice");
        terminal.awaitText("You are signed in.\nexit 0.");

        assertThat(Files.readString(log))
                .contains("To sign in, open this page on any device:\n", "\nConnection lost, retrying.\n")
                .endsWith("Approved: you are signed in.\n").doesNotContain("\033", "\r", " left");
    }

    @Test
    @DisplayName("counts down on the terminal also where its input and output are something else")
    void intoPipe() {
        open(80, 24);
        run("echo | hello login | sed 's/^/piped: /'");
        terminal.awaitText(WAITING + " - 4:");
        server.script().approve(code(), "alice");

        terminal.awaitText("Approved: you are signed in.\npiped: You are signed in.\nexit 0.");
    }

    @Test
    @DisplayName("writes plain text on a terminal that can do no more")
    void dumb() {
        environment.putAll(Map.of("TERM", "dumb", "HELLO_PROMPT", "qr"));
        open(80, 24);
        run("hello login");
        terminal.awaitText("(No QR code: standard error is no terminal that could show one.)");
        server.script().approve(code(), "alice");

        assertThat(terminal.awaitText("exit 0.")).contains("\nApproved: you are signed in.\n").doesNotContain(" left");
    }

    @Test
    @DisplayName("writes ASCII where the terminal has nothing else, and says why there is no QR code")
    void ascii() {
        environment.putAll(Map.of("LANG", "C", "HELLO_PROMPT", "qr"));
        open(80, 24);
        run("LC_ALL=C hello login");

        assertThat(terminal.awaitText(WAITING)).contains("(No QR code: it takes UTF-8", "LC_ALL=C.UTF-8").doesNotContain("??");
    }

    @Test
    @DisplayName("speaks the language of the person")
    void german() {
        open(80, 24);
        run("JAVA_TOOL_OPTIONS='-Duser.language=de' hello login");

        assertThat(terminal.awaitText("Warten auf Ihre Zustimmung - noch 4:")).contains("auf einem beliebigen Gerät",
                "Nur fortfahren, wenn Sie diese Anmeldung gerade selbst begonnen haben.");
    }

    @Test
    @DisplayName("tells programs in JSON what happens")
    void json() throws IOException {
        environment.put("HELLO_PROMPT", "json");
        open(80, 24);
        server.script().pending(1).slowDown();
        run("hello login 2>events");
        Path events = directory.resolve("events");
        await().atMost(PATIENCE)
                .until(() -> Files.exists(events) && Files.readString(events).contains("slowed_down"));
        server.script().approve("alice");
        terminal.awaitText("You are signed in.\nexit 0.");

        List<JsonNode> lines = Files.readAllLines(events).stream().map(TerminalIT::parse).toList();
        assertThat(lines).extracting(line -> line.path("event").asText()).startsWith("prompt", "pending", "slowed_down")
                .endsWith("approved");
        assertThat(lines.get(0).path("verification_uri").asText()).isEqualTo(server.issuer() + "/activate");
        assertThat(lines).extracting(line -> line.path("id").asText()).containsOnly(lines.get(0).path("id").asText());
    }

    private static JsonNode parse(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (IOException e) {
            throw new AssertionError(line, e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            deny    | 3 | The sign-in was denied.
            expire  | 4 | The code has expired.
            """)
    @DisplayName("ends with a code that tells how the sign-in ended")
    void exitCodes(String decision, int exitCode, String text) {
        open(80, 24);
        run("hello login");
        terminal.awaitText(WAITING);
        if (decision.equals("deny")) {
            server.script().deny();
        } else {
            server.script().expire();
        }

        assertThat(terminal.awaitText("exit " + exitCode + ".")).contains(text).doesNotContain(" left", "Exception");
    }

    @Test
    @DisplayName("ends with other codes when the server can't be reached, when nobody is signed in, and when it is misused")
    void otherExitCodes() {
        open(200, 24);
        server.script().dropConnection(Endpoint.OPENID_CONFIGURATION);
        run("hello login");
        assertThat(terminal.awaitText("exit 5.")).contains(server.issuer()).doesNotContain("Exception");
        run("hello whoami");
        assertThat(terminal.awaitText("exit 6.")).contains("You are not signed in. Run: hello login");
        run("hello log-in");
        assertThat(terminal.awaitText("exit 2.")).contains("log-in");
    }

    @Test
    @DisplayName("starts a sign-in in one run, and resumes it in another")
    void startAndResume() {
        open(100, 30);
        run("hello login --start");
        String screen = terminal.awaitText("exit 0.");
        Matcher resume = Pattern.compile("hello login --resume (\\S+)").matcher(screen);
        assertThat(resume.find()).isTrue();

        run(resume.group());
        terminal.awaitText("Waiting for the approval of ");
        server.script().approve("bob");
        terminal.awaitText("You are signed in.\nexit 0.");
        run("hello whoami");
        terminal.awaitText("Bob\nexit 0.");
    }
}
