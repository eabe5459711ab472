package io.quarkiverse.deviceauthorization.it.cli;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;

import io.quarkiverse.deviceauthorization.AccessDeniedException;
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

    @Produces
    @ApplicationScoped
    CommandLine commandLine(PicocliCommandLineFactory factory) {
        return factory.create().setExecutionExceptionHandler((problem, command, result) -> {
            if (problem instanceof DeviceAuthorizationException) {
                command.getErr().println(problem.getMessage());
                return exitCode(problem);
            }
            throw problem;
        });
    }

    private static int exitCode(Exception problem) {
        if (problem instanceof AccessDeniedException) {
            return DENIED;
        }
        if (problem instanceof DeviceCodeExpiredException) {
            return EXPIRED;
        }
        return problem instanceof AuthorizationServerException ? UNREACHABLE : FAILED;
    }
}
