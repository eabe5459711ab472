package io.quarkiverse.deviceauthorization.benchmarks.startup;

import java.util.Map;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** What this application is there for. */
@Path("/hello")
public class HelloResource {

    @GET
    public Map<String, String> hello() {
        return Map.of("hello", "world");
    }
}
