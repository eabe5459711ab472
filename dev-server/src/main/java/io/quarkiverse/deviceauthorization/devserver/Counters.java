package io.quarkiverse.deviceauthorization.devserver;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the server has seen since its start, or since {@link Script#reset()}. */
public final class Counters {

    private static final int REQUESTS_KEPT = 10_000;
    private static final int DEVICE_CODES_KEPT = 100_000;

    private final Deque<ReceivedRequest> requests = new ArrayDeque<>();
    private final Map<Endpoint, Integer> byEndpoint = new HashMap<>();
    private final Map<String, Integer> tokenRequests = new HashMap<>();
    private final Map<String, Integer> polls = new LinkedHashMap<>();
    private int earlyPolls;
    private int refreshTokenReuses;
    private int revocations;

    Counters() {
    }

    /** Requests at this endpoint, well-formed or not, those that the script let fail included. */
    public synchronized int requestsAt(Endpoint endpoint) {
        return byEndpoint.getOrDefault(endpoint, 0);
    }

    /** {@link #requestsAt} the device authorization endpoint. */
    public int deviceAuthorizationRequests() {
        return requestsAt(Endpoint.DEVICE_AUTHORIZATION);
    }

    /** {@link #requestsAt} the token endpoint. */
    public int tokenRequests() {
        return requestsAt(Endpoint.TOKEN);
    }

    /** {@link #requestsAt} the JWKS. */
    public int jwksRequests() {
        return requestsAt(Endpoint.JWKS);
    }

    /** Token requests with this {@code grant_type}. */
    public synchronized int tokenRequests(String grantType) {
        return tokenRequests.getOrDefault(grantType, 0);
    }

    /** Token requests with this device code, of the latest 100,000 device codes. */
    public synchronized int polls(String deviceCode) {
        return polls.getOrDefault(deviceCode, 0);
    }

    /**
     * Token requests that came before the interval of their flow was over (RFC 8628 §3.5), the first one of a flow included: it
     * has to wait too. The clocks and timers of two processes differ; 20 ms too early are forgiven.
     */
    public synchronized int earlyPolls() {
        return earlyPolls;
    }

    /** Refresh tokens that were presented by their client after they had been spent. */
    public synchronized int refreshTokenReuses() {
        return refreshTokenReuses;
    }

    /** Tokens that were revoked by their client (RFC 7009); requests for unknown ones don't count. */
    public synchronized int revocations() {
        return revocations;
    }

    /** The latest 10,000 requests as received, oldest first; those of {@code /dev/script} are left out. */
    public synchronized List<ReceivedRequest> requests() {
        return List.copyOf(requests);
    }

    /** Those of {@link #requests()} that went to this endpoint. */
    public List<ReceivedRequest> requests(Endpoint endpoint) {
        return requests().stream().filter(request -> request.path().equals(endpoint.path())).toList();
    }

    synchronized void received(ReceivedRequest request) {
        if (requests.size() == REQUESTS_KEPT) {
            requests.removeFirst();
        }
        requests.addLast(request);
        for (Endpoint endpoint : Endpoint.values()) {
            if (endpoint.path().equals(request.path())) {
                byEndpoint.merge(endpoint, 1, Integer::sum);
            }
        }
    }

    synchronized void tokenRequest(String grantType) {
        tokenRequests.merge(grantType, 1, Integer::sum);
    }

    synchronized void poll(String deviceCode) {
        polls.merge(deviceCode, 1, Integer::sum);
        if (polls.size() > DEVICE_CODES_KEPT) {
            polls.remove(polls.keySet().iterator().next());
        }
    }

    synchronized void earlyPoll() {
        earlyPolls++;
    }

    synchronized void refreshTokenReuse() {
        refreshTokenReuses++;
    }

    synchronized void revocation() {
        revocations++;
    }

    synchronized void reset() {
        requests.clear();
        byEndpoint.clear();
        tokenRequests.clear();
        polls.clear();
        earlyPolls = 0;
        refreshTokenReuses = 0;
        revocations = 0;
    }
}
