package io.quarkiverse.deviceauthorization.it.redis;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkiverse.deviceauthorization.devserver.DeviceAuthorizationServer;
import io.quarkiverse.deviceauthorization.it.process.Directories;
import io.quarkiverse.deviceauthorization.redis.server.RedisServer;

/** All that takes part: an authorization server, one Redis that forgets nothing, the nodes, and the people. */
final class Stage implements AutoCloseable {

    /** The list of all flows that are followed and have not ended. */
    private static final String FOLLOWED = "device-authorization:{<default>}:followed";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration INTERVAL = Duration.ofSeconds(1);

    private final ServerJournal journal = new ServerJournal();
    private final DeviceAuthorizationServer server = DeviceAuthorizationServer.builder().interval(INTERVAL)
            .refreshReuseLeeway(Duration.ofMinutes(10)).listener(journal).start();
    private final RedisServer redis = RedisServer.startDurable();
    private final Cluster cluster;
    private final People people;

    /** With people who wait for every answer, as long as the node lives that they ask. */
    Stage(String name, int nodes, List<Plan> plans) {
        this(name, nodes, plans, PATIENCE);
    }

    /** @param oneAnswer how long people wait for an answer before they ask another node */
    Stage(String name, int nodes, List<Plan> plans, Duration oneAnswer) {
        this.cluster = new Cluster(nodes, NodeProgram.at(server).sharing(redis), Directories.fresh(name));
        this.people = new People(cluster, server, journal, plans, oneAnswer);
    }

    /** The nodes start, and then the people. */
    void begin() {
        cluster.start();
        people.begin();
    }

    ServerJournal journal() {
        return journal;
    }

    DeviceAuthorizationServer server() {
        return server;
    }

    RedisServer redis() {
        return redis;
    }

    Cluster cluster() {
        return cluster;
    }

    People people() {
        return people;
    }

    /**
     * Asks the nodes how each sign-in has ended, when they say so by themselves, stops them, and judges all that has happened.
     */
    Judgement judgement(List<Span> outages) {
        await("no flow is left that somebody has to go on with").atMost(PATIENCE).pollInterval(Duration.ofMillis(200))
                .until(() -> redis.command("ZCARD", FOLLOWED), left -> left.equals(0L));
        people.askForOutcomes();
        cluster.stop();
        Judgement judgement = new Judgement(cluster, journal, outages);
        people.signIns().forEach(judgement::judge);
        return judgement;
    }

    Traffic traffic(Judgement judgement) {
        return new Traffic(cluster, journal, judgement, INTERVAL);
    }

    /** What the nodes have told and must not. */
    List<String> linesWithSecrets() {
        return cluster.outputs().flatMap(output -> journal.secrets().foundIn(output).stream()).toList();
    }

    /** What was done to the processes. */
    String history() {
        return cluster.incarnations().stream().map(Incarnation::history).collect(Collectors.joining("\n"));
    }

    /** Puts what Redis has written to its disk, and what the processes have told, beside their journals. */
    Path keepEverything() {
        Path directory = cluster.directory();
        try (Stream<Path> files = Files.walk(redis.directory())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, directory.resolve("redis-" + file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
            Files.write(directory.resolve("output.log"), (Iterable<String>) cluster.outputs()::iterator);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        people.close();
        cluster.close();
        redis.close();
        server.close();
    }
}
