package io.quarkiverse.deviceauthorization.it.web;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkiverse.deviceauthorization.event.Denied;
import io.quarkiverse.deviceauthorization.event.Expired;

/** How the sign-ins that are followed in the background ended. */
@ApplicationScoped
public class SignIns {

    private final Map<String, String> outcomes = new ConcurrentHashMap<>();

    void approved(@Observes Approved event) {
        outcomes.put(event.id(), "approved");
    }

    void denied(@Observes Denied event) {
        outcomes.put(event.id(), "denied");
    }

    void expired(@Observes Expired event) {
        outcomes.put(event.id(), "expired");
    }

    public String outcome(String id) {
        return outcomes.getOrDefault(id, "pending");
    }
}
