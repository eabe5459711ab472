package io.quarkiverse.deviceauthorization.it.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Signs a person in, in one go; or in two, for scripts and agents that can't wait in between. */
@Command(name = "login", mixinStandardHelpOptions = true, description = "Signs you in, unless you are signed in.")
class Login implements Runnable {

    static class Step {

        @Option(names = "--start", description = "Only say how to sign in, and don't wait for it.")
        boolean start;

        @Option(names = "--resume", paramLabel = "ID", description = "Wait for a sign-in that was started before.")
        String resume;
    }

    @ArgGroup
    Step step = new Step();

    @Option(names = "--json", description = "With --start: say it in JSON.")
    boolean json;

    @Spec
    CommandSpec command;

    private final DeviceAuthorization deviceAuthorization;
    private final ObjectMapper mapper;

    Login(DeviceAuthorization deviceAuthorization, ObjectMapper mapper) {
        this.deviceAuthorization = deviceAuthorization;
        this.mapper = mapper;
    }

    @Override
    public void run() {
        PrintWriter out = command.commandLine().getOut();
        if (step.start) {
            PendingAuthorization pending = deviceAuthorization.start();
            out.println(json ? json(pending) : text(pending));
            return;
        }
        if (step.resume == null) {
            deviceAuthorization.login();
        } else {
            PendingAuthorization pending = deviceAuthorization.resume(step.resume)
                    .orElseThrow(() -> new ParameterException(command.commandLine(),
                            "There is no sign-in " + step.resume + " (any more). Start one with: hello login --start"));
            command.commandLine().getErr().println("Waiting for the approval of " + pending.userCode() + " at "
                    + pending.verificationUri() + " ...");
            deviceAuthorization.await(pending);
        }
        out.println("You are signed in.");
    }

    /** The flow's id is safe to show; the device code stays in the store. */
    private static String text(PendingAuthorization pending) {
        StringBuilder text = new StringBuilder("Open   ").append(pending.verificationUri())
                .append("\nenter  ").append(pending.userCode());
        pending.verificationUriComplete()
                .ifPresent(complete -> text.append("\nor     ").append(complete).append(" and check the code"));
        return text.append("\nOnly go on if you started this sign-in yourself, just now.")
                .append("\n\nThen run: hello login --resume ").append(pending.id()).toString();
    }

    private String json(PendingAuthorization pending) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", pending.id());
        members.put("verification_uri", pending.verificationUri());
        members.put("user_code", pending.userCode());
        pending.verificationUriComplete().ifPresent(complete -> members.put("verification_uri_complete", complete));
        members.put("expires_in", Duration.between(Instant.now(), pending.expiresAt()).toSeconds());
        try {
            return mapper.writeValueAsString(members);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
