package io.quarkiverse.deviceauthorization.it.cli;

import io.quarkus.picocli.runtime.annotations.TopCommand;
import picocli.CommandLine.Command;

/** A command-line tool that signs a person in and calls an API in their name. */
@TopCommand
@Command(name = "hello", mixinStandardHelpOptions = true, version = "hello 1.0", synopsisSubcommandLabel = "COMMAND", description = "Signs you in and greets you.", subcommands = {
        Login.class, WhoAmI.class, Call.class, Logout.class }, exitCodeListHeading = "Exit codes:%n", exitCodeList = {
                "0:All is well",
                "1:Something else went wrong; the message says what",
                "2:The command line is wrong",
                "3:The sign-in was denied",
                "4:The code has expired: nobody approved in time",
                "5:The server can't be reached; try again later",
                "6:Nobody is signed in",
                "130:Cancelled, as with Ctrl-C" }, footer = {
                        "%nHELLO_PROMPT says how you are told to sign in: terminal, qr, json, log or none.",
                        "HELLO_OPEN_BROWSER=true opens the page in your browser as well." })
class Hello {
}
