package io.quarkiverse.deviceauthorization.it.cli;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;

import io.quarkiverse.deviceauthorization.AccessDeniedException;
import io.quarkiverse.deviceauthorization.AuthorizationCancelledException;
import io.quarkiverse.deviceauthorization.AuthorizationInterruptedException;
import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.DeviceCodeExpiredException;
import io.quarkus.picocli.runtime.PicocliCommandLineFactory;
import picocli.CommandLine;

/** What scripts can tell from the exit code, and people from one line instead of a stack trace. */
class ExitCodes {

    static final int FAILED = 1;
    static final int DENIED = 3;
    static final int EXPIRED = 4;
    static final int UNREACHABLE = 5;
    static final int NOT_SIGNED_IN = 6;
    static final int CANCELLED = 130;

    @Produces
    @ApplicationScoped
    CommandLine commandLine(PicocliCommandLineFactory factory) {
        return factory.create().setExecutionExceptionHandler((problem, command, result) -> {
            Exception known = known(problem);
            if (known == null) {
                throw problem;
            }
            int code = exitCode(known);
            if (code != CANCELLED) { // who has pressed Ctrl-C knows
                command.getErr()
                        .println(code == NOT_SIGNED_IN ? "You are not signed in. Run: hello login" : known.getMessage());
            }
            return code;
        });
    }

    /** @return what a person can do something about, which a REST client may have wrapped; or null */
    private static Exception known(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof DeviceAuthorizationException known) {
                return known;
            }
        }
        return problem instanceof ProcessingException || problem instanceof WebApplicationException ? (Exception) problem
                : null;
    }

    private static int exitCode(Exception problem) {
        if (problem instanceof AccessDeniedException) {
            return DENIED;
        } else if (problem instanceof DeviceCodeExpiredException) {
            return EXPIRED;
        } else if (problem instanceof AuthorizationRequiredException) {
            return NOT_SIGNED_IN;
        } else if (problem instanceof AuthorizationCancelledException || problem instanceof AuthorizationInterruptedException) {
            return CANCELLED;
        }
        return problem instanceof AuthorizationServerException || problem instanceof ProcessingException ? UNREACHABLE : FAILED;
    }
}
