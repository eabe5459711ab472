package io.quarkiverse.deviceauthorization.benchmarks.token;

import java.util.concurrent.TimeUnit;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.oidc.client.OidcClient;
import io.quarkus.oidc.client.Tokens;
import io.quarkus.oidc.client.runtime.TokensHelper;

/** What it takes to get at an access token that is in memory and valid. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TokenBenchmark {

    private final TokensHelper helper = new TokensHelper();
    private ManagedContext requests;
    private ClockBean clock;
    private DeviceAuthorization ours;
    private OidcClient oidcClient;
    private Tokens oidcTokens;

    @Setup
    public void signIn() {
        requests = Arc.container().requestContext();
        requests.activate();
        Injected injected = Arc.container().instance(Injected.class).get();
        clock = injected.clock;
        ours = injected.ours;
        oidcClient = injected.oidcClient;
        oidcTokens = injected.oidcTokens;
        ours.await(ours.start());
        helper.getTokens(oidcClient).await().indefinitely();
    }

    /** The least that can tell whether a token is still valid: a look at the clock, behind the proxy of a bean. */
    @Benchmark
    public boolean clock() {
        return clock.isValid();
    }

    @Benchmark
    public String ours() {
        return ours.tokens().accessToken().value();
    }

    @Benchmark
    public String oidcClientHelper() {
        return helper.getTokens(oidcClient).await().indefinitely().getAccessToken();
    }

    /** They stay what they were when the request first used them, and may have expired meanwhile. */
    @Benchmark
    public String oidcClientTokensAgain() {
        return oidcTokens.getAccessToken();
    }

    /** Once in each request; what beginning and ending a request takes comes with it, and is measured below. */
    @Benchmark
    public String oidcClientTokens() {
        requests.terminate();
        requests.activate();
        return oidcTokens.getAccessToken();
    }

    @Benchmark
    public ManagedContext requestAlone() {
        requests.terminate();
        requests.activate();
        return requests;
    }
}
