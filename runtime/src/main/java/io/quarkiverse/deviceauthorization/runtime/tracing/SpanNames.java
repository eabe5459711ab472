package io.quarkiverse.deviceauthorization.runtime.tracing;

/** What spans, their events and attributes are called. */
public final class SpanNames {

    /** The span of a flow in one process. */
    public static final String FLOW = "device_authorization.flow";
    /** The span of a refresh. */
    public static final String REFRESH = "device_authorization.refresh";

    /** The server issued its codes, and the flow is stored. */
    public static final String STARTED = "device_authorization.started";
    /** Another process, or this one before, has started the flow. */
    public static final String RESUMED = "device_authorization.resumed";
    /** The server answered {@code slow_down}. */
    public static final String SLOWED_DOWN = "device_authorization.slowed_down";
    /** The server could not be asked. */
    public static final String UNAVAILABLE = "device_authorization.unavailable";
    /** The flow has ended, or this process doesn't go on with it: the event is this and the outcome. */
    public static final String PREFIX = "device_authorization.";

    /** The name of the client. */
    public static final String CLIENT = "device_authorization.client";
    /** The id of the flow. */
    public static final String FLOW_ID = "device_authorization.flow.id";
    /** What came of the flow or the refresh. */
    public static final String OUTCOME = "device_authorization.outcome";
    /** How many token requests were answered, or not. */
    public static final String POLLS = "device_authorization.polls";
    /** Why it failed: the error code, as in OpenTelemetry's conventions for errors. */
    public static final String ERROR = "error.type";

    private SpanNames() {
    }
}
