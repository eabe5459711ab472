package io.quarkiverse.deviceauthorization;

import java.util.Optional;
import java.util.Set;

/**
 * Signs a person in on another device (OAuth 2.0 device authorization grant, RFC 8628) and keeps their tokens.
 * <p>
 * A command-line program needs two lines:
 *
 * <pre>{@code
 * @Inject
 * DeviceAuthorization deviceAuthorization;
 *
 * Tokens tokens = deviceAuthorization.login(); // prompts only when there is nobody to refresh
 * }</pre>
 *
 * A server starts a flow, shows it, and lets it be followed in the background:
 *
 * <pre>{@code
 * PendingAuthorization pending = deviceAuthorization.forOwner(account).start();
 * deviceAuthorization.forOwner(account).follow(pending); // the outcome is an event
 * }</pre>
 *
 * Methods that talk to the server wait for its answer. They may be called from any thread that may be blocked, virtual
 * threads included, and throw {@link io.quarkus.runtime.BlockingOperationNotAllowedException} on an event loop: there, use
 * {@link ReactiveDeviceAuthorization}. No thread of this extension is held while a flow is pending.
 * <p>
 * Problems are {@link DeviceAuthorizationException}s, and their messages say what to do next.
 */
public interface DeviceAuthorization {

    /**
     * Asks for a device code and a user code (RFC 8628 §3.1, §3.2), as configured.
     * Call it only when a person wants to sign in: not at start-up, and not because an earlier flow ended.
     *
     * @return the flow; show its user code and verification URI
     * @throws TooManyPendingAuthorizationsException if as many are pending as the configuration allows; nothing is sent then
     * @throws DeviceAuthorizationException if the server refuses, answers nonsense or can't be reached
     */
    PendingAuthorization start();

    /**
     * Asks for a device code and a user code (RFC 8628 §3.1, §3.2).
     *
     * @param request what differs from the configuration
     * @return the flow; show its user code and verification URI
     * @throws TooManyPendingAuthorizationsException if as many are pending as the configuration allows; nothing is sent then
     * @throws DeviceAuthorizationException if the server refuses, answers nonsense or can't be reached
     */
    PendingAuthorization start(AuthorizationRequest request);

    /**
     * Asks once whether the person has decided (RFC 8628 §3.4), for callers that have a loop of their own, such as a page
     * that asks for the status. When the server doesn't allow a request yet, none is sent, and the answer is
     * {@link PollResult.Pending} with the time that is left. The server can't be asked too often by this method.
     *
     * @param pending the flow
     * @return pending, granted or refused; an unreachable server is pending with a failure
     * @throws IllegalArgumentException if the flow belongs to another client or owner
     */
    PollResult poll(PendingAuthorization pending);

    /**
     * Waits until the person has decided (RFC 8628 §3.5). Any number of callers may await one flow; they share its requests.
     * An interrupted caller stops waiting, the flow stays.
     *
     * @param pending the flow
     * @return the tokens; they are stored
     * @throws AccessDeniedException if the person said no
     * @throws DeviceCodeExpiredException if nobody decided in time
     * @throws AuthorizationCancelledException if the flow was cancelled
     * @throws AuthorizationInterruptedException if the thread was interrupted or the application stops; the flow stays
     * @throws AuthorizationServerException if the server could not be asked too many times in a row; the flow stays and can
     *         be awaited again
     * @throws AuthorizationRequiredException if it was approved, and whoever it signed in was signed out since
     * @throws DeviceAuthorizationException if the server refuses with another code
     * @throws IllegalArgumentException if the flow belongs to another client or owner
     */
    Tokens await(PendingAuthorization pending);

    /**
     * Polls in the background until the person has decided, and returns at once. The outcome is an event:
     * {@link io.quarkiverse.deviceauthorization.event.Approved},
     * {@link io.quarkiverse.deviceauthorization.event.Denied}, {@link io.quarkiverse.deviceauthorization.event.Expired}
     * or {@link io.quarkiverse.deviceauthorization.event.Failed}; a server that can't be asked for too long is
     * {@link io.quarkiverse.deviceauthorization.event.GaveUp}, and the flow stays.
     * <p>
     * With a store that hands over ({@link io.quarkiverse.deviceauthorization.store.AuthorizationStore#handsOver()}, as the one
     * in Redis), the flow is handed to all applications that use the store, and one of them polls it. When that one stops or is
     * killed, another goes on, and also the next one that starts. The event is fired on the node that stores the outcome.
     *
     * @param pending the flow
     * @throws IllegalArgumentException if the flow belongs to another client or owner
     */
    void follow(PendingAuthorization pending);

    /**
     * Picks up a flow that was started earlier, by another thread or by whoever shares the store.
     *
     * @param id the {@link PendingAuthorization#id()} of a flow of this client and owner
     * @return the flow, or empty when the store doesn't know it (any more)
     */
    Optional<PendingAuthorization> resume(String id);

    /**
     * Ends a flow at once, also one whose token request is under way. Those who await it get
     * {@link AuthorizationCancelledException}. RFC 8628 has no request for this: at the server the codes stay valid until
     * they expire. Cancelling a flow that has ended does nothing.
     *
     * @param pending the flow
     * @throws io.quarkiverse.deviceauthorization.store.AuthorizationStoreException if it can't be stored. This process goes on
     *         with the flow no more; others that share the store may, until it can
     * @throws IllegalArgumentException if the flow belongs to another client or owner
     */
    void cancel(PendingAuthorization pending);

    /**
     * Returns valid tokens whatever it takes: the stored ones, else refreshed ones, else those of a new flow, which is started,
     * shown through the configured {@link io.quarkiverse.deviceauthorization.prompt.Prompt} and awaited. Callers
     * at the same time share one flow. With a store that outlives the application, a flow that was begun before and not
     * finished is shown again and awaited, in place of a new one: it may be approved already. Only for callers that act for
     * the person who will read the prompt.
     *
     * @return valid tokens
     * @throws DeviceAuthorizationException as {@link #start()}, {@link #await(PendingAuthorization)} and {@link #tokens()}
     */
    Tokens login();

    /**
     * Returns valid tokens without asking anybody: the stored ones, else refreshed ones (RFC 6749 §6). However many callers
     * there are, at most one refresh is in flight for one set of tokens.
     *
     * @return valid tokens
     * @throws AuthorizationRequiredException if a person has to sign in (again)
     * @throws AuthorizationServerException if a refresh is due and the server can't be asked; the tokens stay
     * @throws DeviceAuthorizationException if the server refuses a refresh for another reason, such as wrong credentials; the
     *         tokens stay
     */
    Tokens tokens();

    /**
     * Returns valid tokens other than these, for callers whose access token was refused by a protected resource although it
     * should be valid (RFC 6750 §3.1, {@code invalid_token}). If somebody has refreshed them or signed in meanwhile, those
     * tokens are returned; else they are refreshed now, once for all who ask at the same time.
     *
     * @param refused the tokens that were refused
     * @return valid tokens with another access token
     * @throws AuthorizationRequiredException if a person has to sign in (again)
     * @throws AuthorizationServerException if the server can't be asked; the tokens stay
     * @throws DeviceAuthorizationException if the server refuses the refresh for another reason, such as wrong credentials; the
     *         tokens stay
     */
    Tokens refresh(Tokens refused);

    /**
     * Asks the server about the person whose {@link #tokens()} these are (OpenID Connect Core 1.0 §5.3).
     *
     * @return what the server says
     * @throws AuthorizationRequiredException if a person has to sign in (again)
     * @throws AuthorizationServerException if the server has no userinfo endpoint, can't be reached or answers nonsense
     * @throws DeviceAuthorizationException if it doesn't accept the access token
     */
    UserInfo userInfo();

    /**
     * Revokes the tokens at the server, where it has a revocation endpoint (RFC 7009), and forgets them. Nobody being signed in
     * is fine.
     *
     * @throws AuthorizationServerException if the server can't be reached; the tokens stay, so that it can be tried again
     */
    void logout();

    /**
     * Returns the account holders of this client that are signed in, whichever of them this is for.
     *
     * @return their names; those whose tokens have expired since are among them
     * @throws io.quarkiverse.deviceauthorization.store.AuthorizationStoreException if the store can't be read
     */
    Set<String> owners();

    /**
     * Signs out all {@link #owners()} of this client, as {@link #logout()} does for one. Those that can't be signed out don't
     * keep the others from it.
     *
     * @throws AuthorizationServerException if some could not be signed out; their tokens stay, so that it can be tried again
     */
    void logoutAll();

    /**
     * Returns this client for another account holder. A command-line program has one and needs no name for it; a server has
     * many, each with tokens of their own. Cheap: call it whenever needed.
     *
     * @param owner any text that identifies the account holder in this application; not blank
     * @return the same client for that owner
     * @throws IllegalArgumentException if the owner is blank
     */
    DeviceAuthorization forOwner(String owner);
}
