package io.quarkiverse.deviceauthorization.runtime.config;

/** What it means when a health check is down. */
public enum HealthKind {
    /** The application gets no requests: {@code /q/health/ready}. */
    READINESS,
    /** Somebody should look after it: {@code /q/health/well}, which takes no application out of service. */
    WELLNESS
}
