package io.quarkiverse.deviceauthorization.runtime;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import io.quarkiverse.deviceauthorization.AuthorizationInterruptedException;
import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.PollResult;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.UserInfo;
import io.quarkus.runtime.BlockingOperationControl;
import io.quarkus.runtime.BlockingOperationNotAllowedException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniSubscriber;
import io.smallrye.mutiny.subscription.UniSubscription;

/** One client for one owner, for threads that may wait. */
final class BlockingClient implements DeviceAuthorization {

    private final ReactiveClient client;

    BlockingClient(ReactiveClient client) {
        this.client = client;
    }

    @Override
    public PendingAuthorization start() {
        return wait("start", client.start());
    }

    @Override
    public PendingAuthorization start(AuthorizationRequest request) {
        return wait("start", client.start(request));
    }

    @Override
    public PollResult poll(PendingAuthorization pending) {
        return wait("poll", client.poll(pending));
    }

    @Override
    public Tokens await(PendingAuthorization pending) {
        return wait("await", client.await(pending));
    }

    @Override
    public void follow(PendingAuthorization pending) {
        wait("follow", client.follow(pending));
    }

    @Override
    public Optional<PendingAuthorization> resume(String id) {
        return wait("resume", client.resume(id));
    }

    @Override
    public void cancel(PendingAuthorization pending) {
        wait("cancel", client.cancel(pending));
    }

    @Override
    public Tokens login() {
        return wait("login", client.login());
    }

    @Override
    public Tokens tokens() {
        mayBlock("tokens");
        Tokens ready = client.ready();
        return ready != null ? ready : wait("tokens", client.tokens());
    }

    @Override
    public Tokens refresh(Tokens refused) {
        return wait("refresh", client.refresh(refused));
    }

    @Override
    public UserInfo userInfo() {
        return wait("userInfo", client.userInfo());
    }

    @Override
    public void logout() {
        wait("logout", client.logout());
    }

    @Override
    public Set<String> owners() {
        return wait("owners", client.owners());
    }

    @Override
    public void logoutAll() {
        wait("logoutAll", client.logoutAll());
    }

    @Override
    public DeviceAuthorization forOwner(String owner) {
        return new BlockingClient((ReactiveClient) client.forOwner(owner));
    }

    private static void mayBlock(String method) {
        if (!BlockingOperationControl.isBlockingAllowed()) {
            throw new BlockingOperationNotAllowedException("DeviceAuthorization." + method + "() waits, and this thread ('"
                    + Thread.currentThread().getName() + "') is an event loop, which may not. Inject"
                    + " ReactiveDeviceAuthorization, or annotate the calling method with @Blocking or @RunOnVirtualThread");
        }
    }

    private static <T> T wait(String method, Uni<T> result) {
        mayBlock(method);
        Answer<T> answer = new Answer<>();
        result.subscribe().withSubscriber(answer);
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.giveUp();
            Thread.currentThread().interrupt();
            throw new AuthorizationInterruptedException("The thread was interrupted while it waited in " + method
                    + "(). A flow that was started is not cancelled, and can be awaited again");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException problem) {
                throw problem;
            }
            throw new DeviceAuthorizationException("Unexpected problem in " + method + "()", null, e.getCause());
        }
    }

    /**
     * What a thread waits for, and goes on in its own context with. Mutiny's own future would capture that for its callbacks.
     */
    private static final class Answer<T> extends CompletableFuture<T> implements UniSubscriber<T> {

        private volatile UniSubscription subscription;

        @Override
        public void onSubscribe(UniSubscription begun) {
            subscription = begun;
            if (isCancelled()) {
                begun.cancel();
            }
        }

        @Override
        public void onItem(T item) {
            complete(item);
        }

        @Override
        public void onFailure(Throwable problem) {
            completeExceptionally(problem);
        }

        private void giveUp() {
            cancel(false);
            UniSubscription begun = subscription;
            if (begun != null) {
                begun.cancel();
            }
        }
    }
}
