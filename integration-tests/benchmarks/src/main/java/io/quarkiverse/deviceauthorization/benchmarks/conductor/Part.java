package io.quarkiverse.deviceauthorization.benchmarks.conductor;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One thing that is measured.
 *
 * @param name its name on the command line, and of its result
 * @param title what it is called
 * @param contenders who takes part; the first one is what others are compared with
 * @param options what the driver is told, and with a dot in their names, the application
 * @param metrics what is shown of the result
 */
record Part(String name, String title, List<String> contenders, Map<String, String> options, List<Metric> metrics) {

    /**
     * @param name as the driver calls it
     * @param title with its unit
     * @param ratio whether a ratio says something
     */
    record Metric(String name, String title, boolean ratio) {
    }

    private static final List<Metric> EXCHANGE = List.of(new Metric("requestsPerSecond", "Requests/s", true),
            new Metric("cpuMicrosPerRequest", "CPU, µs a request", true),
            new Metric("bytesPerRequest", "Bytes allocated a request", true));

    private static final List<Metric> PENDING = List.of(new Metric("bytesPerFlow", "Heap, bytes a flow", false),
            new Metric("bytesPerFlowAfterWindow", "The same later", false),
            new Metric("threadsMore", "Threads more", false),
            new Metric("cpuMicrosPerPoll", "CPU, µs a poll", true),
            new Metric("bytesAllocatedPerPoll", "Bytes allocated a poll", true),
            new Metric("duePollsMadePercent", "Due polls made, %", false),
            new Metric("earlyPolls", "Early polls", false));

    private static final List<Metric> LATENCY = List.of(new Metric("p50Micros", "p50, µs", true),
            new Metric("p99Micros", "p99, µs", true), new Metric("requestsPerSecond", "Requests/s", true));

    private static final List<Metric> TOKENS = List.of(new Metric("nanos", "ns", true),
            new Metric("bytes", "Bytes allocated", false));

    private static final List<Metric> SOAK_METRICS = List.of(new Metric("minutesHeld", "Minutes", false),
            new Metric("bytesPerFlow", "Heap, bytes a flow", false),
            new Metric("heapGrowthKilobytes", "Growth of the heap, kB", false),
            new Metric("threadsMore", "Threads more", false),
            new Metric("threadGrowth", "Growth of the threads", false),
            new Metric("cpuMicrosPerPoll", "CPU, µs a poll", false),
            new Metric("duePollsMadePercent", "Due polls made, %", false),
            new Metric("earlyPolls", "Early polls", false));

    /** Takes its time, so it is run only when it is named. */
    private static final Part SOAK = new Part("soak", "Pending flows for a long time, 5 s interval", List.of("ours"),
            Map.of("scenario", "soak", "flows", "10000"), SOAK_METRICS);

    private static final List<Part> USUAL = List.of(
            new Part("start", "start, 64 in flight",
                    List.of("bare", "ours", "web-client", "nimbus", "scribejava", "java.net.http", "msal4j"),
                    Map.of("scenario", "start"), EXCHANGE),
            new Part("start-one", "start, one after another, on a thread that waits",
                    List.of("bare", "ours", "nimbus", "scribejava"), Map.of("scenario", "start-one"), LATENCY),
            new Part("poll", "One poll answered authorization_pending, 64 in flight",
                    List.of("bare", "ours", "oidc-client", "rest-client-that-throws", "web-client", "nimbus", "scribejava",
                            "java.net.http"),
                    Map.of("scenario", "poll"), EXCHANGE),
            new Part("pending-10k", "10,000 pending flows, 5 s interval",
                    List.of("bare", "ours", "nimbus", "nimbus-virtual"),
                    Map.of("scenario", "pending", "flows", "10000"), PENDING),
            new Part("pending-100k", "100,000 pending flows, 5 s interval", List.of("bare", "ours"),
                    Map.of("scenario", "pending", "flows", "100000"), PENDING),
            new Part("tokens", "A valid token in memory, through the injected bean",
                    List.of("clock", "ours", "oidcClientHelper", "oidcClientTokens", "oidcClientTokensAgain", "requestAlone"),
                    Map.of("scenario", "tokens", "stub.token", "granted"), TOKENS));

    /** @return those of these names, or the usual ones if there is none */
    static List<Part> named(List<String> names) {
        if (names.isEmpty()) {
            return USUAL;
        }
        return Stream.concat(USUAL.stream(), Stream.of(SOAK)).filter(part -> names.contains(part.name)).toList();
    }

    /** @return how often it is measured if nothing else is asked for */
    int usualRounds() {
        return this == SOAK ? 1 : 5;
    }

    /** @return those of these who take part in it, or all if there is none */
    List<String> contenders(List<String> chosen) {
        return contenders.stream().filter(contender -> chosen.isEmpty() || chosen.contains(contender)).toList();
    }
}
