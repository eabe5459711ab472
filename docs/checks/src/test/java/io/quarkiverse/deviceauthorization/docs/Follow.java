package io.quarkiverse.deviceauthorization.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;

/**
 * Does what a page says, to the letter, in an empty folder. What it does with a listing is in the listing's roles:
 * <ul>
 * <li>a title is the name of a file, which gets the text of the listing, or, with {@code more}, some more text;</li>
 * <li>{@code run} is a command: it has to succeed. With {@code again}, it is repeated until it says what follows. With
 * {@code stay}, its last line goes on running, which {@code stopped} ends;</li>
 * <li>{@code output} is what the command before it says, or, with {@code program}, what goes on running: these lines, in this
 * order. Ports, user codes and ids are different each time; what follows on the page is done with the real ones;</li>
 * <li>{@code once} is what the script around this has done.</li>
 * </ul>
 * The server and the API that a page gives as an example are a development server here, whose person approves at once.
 */
public final class Follow {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Shell shell;
    private final Path folder;
    private final Seen seen = new Seen();
    private Optional<Output> said = Optional.empty();
    private Optional<Output> running = Optional.empty();
    private String again = "";

    private Follow(Path folder, String server) {
        this.folder = folder;
        this.shell = new Shell(folder);
        seen.real("https://login.example.com/realms/home", server);
        seen.real("https://api.example.com", server);
    }

    /** @param arguments the name of the page, and an empty folder */
    public static void main(String... arguments) throws IOException {
        System.setProperty("slf4j.internal.verbosity", "ERROR"); // jose4j logs nothing that matters here
        Page page = Page.named(arguments[0]);
        try (DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().interval(Duration.ofSeconds(1)).start()) {
            server.script().approve("alice");
            Follow follow = new Follow(Path.of(arguments[1]), server.issuer());
            try {
                for (Block block : page.blocks()) {
                    follow.block(block);
                }
            } finally {
                follow.shell.stop();
            }
        }
    }

    private void block(Block block) throws IOException {
        Set<String> roles = block.roles();
        if (roles.contains("run")) {
            run(seen.inCommand(block.text()), roles);
        } else if (roles.contains("output")) {
            output(block.text().lines().filter(line -> !line.isBlank()).toList(), roles.contains("program"));
        } else if (block.title().isPresent()) {
            write(block.title().get(), block.text(), roles.contains("more"));
        } else if (block.language().equals("bash") && !roles.contains("once")) {
            throw new IllegalStateException(block + " has no role: nobody knows whether to run it");
        }
    }

    private void write(String file, String text, boolean more) throws IOException {
        say("writes", file);
        Path target = shell.here().resolve(file);
        Files.createDirectories(target.getParent());
        if (more) {
            Files.writeString(target, text, StandardOpenOption.APPEND);
        } else {
            Files.writeString(target, text);
        }
    }

    private void run(String commands, Set<String> roles) {
        say("runs", commands.strip());
        if (roles.contains("stopped")) {
            shell.stop();
            running = Optional.empty();
        }
        again = roles.contains("again") ? commands : "";
        if (roles.contains("stay")) {
            running = Optional.of(shell.stay(commands));
            said = Optional.empty();
        } else if (again.isEmpty()) {
            said = Optional.of(shell.run(commands));
        }
    }

    private void output(List<String> expected, boolean program) {
        say("waits for", expected.get(0) + (expected.size() > 1 ? " …" : ""));
        if (again.isEmpty()) {
            (program ? running : said).orElseThrow().await(expected, seen, PATIENCE);
        } else {
            shell.repeat(again, output -> output.await(expected, seen, Duration.ZERO), Duration.ofMinutes(2));
        }
        again = "";
    }

    private void say(String what, String which) {
        System.out.println("  " + what + " " + which.replace("\n", "\n       ").replace(folder.toString(), "."));
        System.out.flush();
    }
}
