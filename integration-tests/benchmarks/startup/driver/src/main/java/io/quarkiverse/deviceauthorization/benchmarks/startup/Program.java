package io.quarkiverse.deviceauthorization.benchmarks.startup;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;

/**
 * A program in one packaging.
 *
 * @param module the module that it comes from
 * @param target the build directory of the module
 * @param java what starts it
 * @param ready part of the line that it is measured to
 */
record Program(String module, Path target, Packaging packaging, Path java, String ready) {

    private static final int PATIENCE_SECONDS = 60;

    /** Starts it, measures it up to its line, and ends it. */
    Sample measure(DeviceAuthorizationServer server) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process = start(packaging.toUse(packaging.archive(target)), server);
        try (BufferedReader output = process.inputReader()) {
            String line = await(output);
            long end = System.nanoTime();
            return new Sample((end - begin) / 1e6, ProcessTime.millis(process.pid()), Sample.reported(line));
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    /** Runs it to its end, as its user would, and keeps the archive of that run. */
    void makeArchive() throws IOException, InterruptedException {
        try (DeviceAuthorizationServer server = Servers.start()) {
            server.script().approve("alice");
            Process process = start(packaging.toMake(packaging.archive(target)), server);
            try (BufferedReader output = process.inputReader()) {
                String line = await(output);
                Sample.address(line).ifPresent(address -> {
                    Servers.get(address + "/hello");
                    process.toHandle().destroy(); // whose output is still read
                });
                output.lines().forEach(rest -> {
                });
            }
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || !packaging.archive(target).toFile().isFile()) {
                process.destroyForcibly();
                throw new IllegalStateException("No archive of " + this);
            }
        }
    }

    private Process start(List<String> options, DeviceAuthorizationServer server) throws IOException {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(options);
        command.add("-Dserver=" + server.issuer());
        command.addAll(List.of("-jar", packaging.jar(target).toString()));
        return new ProcessBuilder(command).directory(target.toFile()).redirectErrorStream(true).start();
    }

    private String await(BufferedReader output) throws IOException {
        StringBuilder before = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains(ready)) {
                return line;
            }
            before.append(line).append('\n');
        }
        throw new IllegalStateException(this + " ended before its line:\n" + before);
    }
}
