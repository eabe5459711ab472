package io.quarkiverse.deviceauthorization.devserver;

import java.net.URI;

/**
 * Says what happens next: what the person decides, and what goes wrong.
 *
 * <p>
 * Steps are queued in the order of the calls, and token requests ({@code POST /oauth/token}) consume them; when none is
 * left the server answers as usual.
 * <ul>
 * <li><b>Answers</b> ({@link #pending}, {@link #slowDown}): each is what one poll gets, a request of the device code grant with
 * a device code that this client may use. Other requests leave them in the queue.</li>
 * <li><b>Decisions</b> ({@link #approve(String)}, {@link #deny()}, {@link #expire()}): apply to all flows that are pending, and
 * use up no request. A decision that is first in the queue applies at once; when no flow is pending it waits, and the first
 * token request of the next flow meets it. So {@code pending(2).approve("alice")} grants the third poll.</li>
 * <li><b>Faults</b> ({@link #fail(int)}, {@link #dropConnection()}, {@link #loseAnswer()}, {@link #answer}): each is what one
 * request gets, whatever its grant type. The forms that name an {@link Endpoint} have a queue of their own for each
 * endpoint.</li>
 * </ul>
 * The interval (RFC 8628 §3.5) is watched all the while: {@link Counters#earlyPolls()}.
 *
 * <p>
 * The same over HTTP, from this machine only: {@code POST /dev/script} with a form or a JSON object. {@code action} is
 * one of {@code pending} ({@code times}), {@code slow_down}, {@code approve} ({@code user}, default the first one;
 * {@code user_code}, default all), {@code deny} and {@code expire} ({@code user_code}), {@code fail} ({@code status},
 * {@code times}, {@code endpoint}), {@code drop_connection} and {@code lose_answer} ({@code endpoint}), {@code answer}
 * ({@code endpoint}, {@code status}, {@code content_type}, {@code body}), {@code flaw_id_token} ({@code flaw}, the name
 * of an {@link IdTokenFlaw} in lower case), {@code rotate_signing_key}, {@code rotate_dpop_nonce}, {@code reset}.
 * {@code endpoint} is the name of an {@link Endpoint} in lower case, by default {@code token}. It answers with the
 * state of the server, which {@code GET /dev/script} shows too:
 *
 * <pre>
 * curl -X POST $ISSUER/dev/script -d action=approve -d user=alice
 * {"flows":[{"user_code":"WDJB-MJHT","client_id":"cli","state":"approved","user":"alice"}],"queue":{},
 *  "counters":{…},"users":["alice","bob"]}
 * </pre>
 *
 * In a test of an application, {@link #ofDevService()} is that script:
 *
 * <pre>
 * Script script = Script.ofDevService();
 * script.approve("alice"); // or deny(), expire(), slowDown(), fail(503)
 * Tokens tokens = deviceAuthorization.login();
 * </pre>
 */
public interface Script {

    /**
     * The script of the server that runs as a Dev Service beside the application that is being tested, for its default client.
     * Its address is looked up in the configuration (MicroProfile Config) whenever something is to happen, so that this may be
     * made at any time, also once for all tests.
     *
     * <p>
     * What is called on it throws an {@link IllegalStateException} when no Dev Service is running, or the client has another
     * server, and an {@link IllegalArgumentException} as the server itself would.
     */
    static Script ofDevService() {
        return new RemoteScript(DevServiceAddress::ofDefaultClient);
    }

    /** The same for a named client. */
    static Script ofDevService(String client) {
        return new RemoteScript(() -> DevServiceAddress.ofClient(client));
    }

    /**
     * The script of a server in another process of this machine, or in another class loader.
     *
     * @param issuer its address: {@link DeviceAuthorizationServer#issuer()}
     * @throws IllegalStateException when that is on another machine
     */
    static Script at(URI issuer) {
        URI server = DevServiceAddress.loopback(issuer);
        return new RemoteScript(() -> server);
    }

    /** The next polls get {@code authorization_pending}, whatever the person decided. */
    Script pending(int times);

    /** The next poll gets {@code slow_down}, and the interval of its flow grows by 5 seconds (RFC 8628 §3.5). */
    Script slowDown();

    /**
     * The person approves all pending flows.
     *
     * @param user who signs in
     * @throws IllegalArgumentException when there is no such user
     */
    Script approve(String user);

    /**
     * The person approves one flow, now.
     *
     * @param userCode the user code of a pending flow
     * @param user who signs in
     * @throws IllegalArgumentException when no pending flow has this user code, or there is no such user
     */
    Script approve(String userCode, String user);

    /** The person denies all pending flows: {@code access_denied}. */
    Script deny();

    /**
     * The person denies one flow, now.
     *
     * @throws IllegalArgumentException when no pending flow has this user code
     */
    Script deny(String userCode);

    /** All pending flows expire: {@code expired_token}. */
    Script expire();

    /**
     * One flow expires, now.
     *
     * @throws IllegalArgumentException when no pending flow has this user code
     */
    Script expire(String userCode);

    /** The next token request gets this HTTP status with an HTML page, as a gateway would answer. Nothing else happens. */
    default Script fail(int status) {
        return fail(status, 1);
    }

    /** The same for as many token requests. */
    default Script fail(int status, int times) {
        return fail(Endpoint.TOKEN, status, times);
    }

    /** The same at another endpoint. */
    Script fail(Endpoint endpoint, int status, int times);

    /** The connection of the next token request is closed without an answer. Nothing else happens. */
    default Script dropConnection() {
        return dropConnection(Endpoint.TOKEN);
    }

    /** The same at another endpoint. */
    Script dropConnection(Endpoint endpoint);

    /**
     * The next token request is performed (tokens are issued, a refresh token is spent), and then its connection is
     * closed without an answer: the client can't know.
     */
    default Script loseAnswer() {
        return loseAnswer(Endpoint.TOKEN);
    }

    /** The same at another endpoint. */
    Script loseAnswer(Endpoint endpoint);

    /**
     * The next request at this endpoint gets this answer as it is. Nothing else happens.
     *
     * @param status the HTTP status
     * @param contentType the {@code Content-Type}
     * @param body the body, may be empty
     */
    Script answer(Endpoint endpoint, int status, String contentType, String body);

    /** The next ID token has this flaw. As often as it is called: one ID token each. */
    Script flawIdToken(IdTokenFlaw flaw);

    /**
     * Back to the beginning: the queues are emptied, all flows are forgotten ({@code invalid_grant}) and the counters are zero.
     * Tokens that were issued stay good.
     */
    Script reset();
}
