package io.quarkiverse.deviceauthorization.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.literal.NamedLiteral;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkiverse.deviceauthorization.benchmarks.contender.Contender;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.vertx.core.Vertx;

/** Measures one contender in one scenario, and prints the result as one line of JSON. */
@QuarkusMain
public class Driver implements QuarkusApplication {

    /** What the stub's codes look like, too. */
    private static final int FLOWS_IN_TURN = 1024;

    private final Instance<Contender> contenders;
    private final Vertx vertx;
    private final int stubPort;

    Driver(@Any Instance<Contender> contenders, Vertx vertx, @ConfigProperty(name = "stub.port") int stubPort) {
        this.contenders = contenders;
        this.vertx = vertx;
        this.stubPort = stubPort;
    }

    @Override
    public int run(String... args) throws Exception {
        Options options = Options.of(args);
        System.out.println(new ObjectMapper().writeValueAsString(measure(options)));
        System.out.flush();
        Runtime.getRuntime().halt(0); // flows may go on, and nobody waits for them
        return 0;
    }

    private Map<String, Object> measure(Options options) throws Exception {
        String scenario = options.text("scenario", "pending");
        String name = options.text("contender", "ours");
        if (scenario.equals("tokens")) {
            return new TokenAccess(options).measure(name);
        }
        Contender contender = contenders.select(NamedLiteral.of(name)).get();
        return switch (scenario) {
            case "start" -> new Throughput(vertx, options).measure(contender, contender.start());
            case "start-one" -> new Latency(options).measure(contender);
            case "poll" -> new Throughput(vertx, options).measure(contender, contender.poll(deviceCodes()));
            case "pending" -> new Pending(new StubClient(stubPort), options).measure(load(contender, options));
            case "soak" -> new Soak(new StubClient(stubPort), options).measure(load(contender, options));
            default -> throw new IllegalArgumentException("No such scenario: " + scenario);
        };
    }

    private static Load load(Contender contender, Options options) {
        return new Load(contender.pendingFlows(), options);
    }

    private static List<String> deviceCodes() {
        return IntStream.range(0, FLOWS_IN_TURN)
                .mapToObj(i -> String.format(Locale.ROOT, "QmRhmhcxhwAzkoEqiMEgDnyEysNkuNhszIyS%07d", i)).toList();
    }
}
