package io.quarkiverse.deviceauthorization.redis.runtime;

import java.util.Arrays;
import java.util.regex.Pattern;

import io.smallrye.mutiny.TimeoutException;
import io.vertx.redis.client.impl.types.ErrorType;

/** What can be wrong with a Redis server, by what it answers or doesn't, and what to do about it. */
enum RedisProblem {

    /** Nothing was sent, or nobody knows what became of it. */
    UNREACHABLE(Retry.WHILE_PATIENT, "can't be reached. Check that it runs and takes more connections (maxclients), and"
            + " the key", "hosts"),
    /** The Redis client waits for ever for a connection that is refused because there are too many. */
    SLOW(Retry.ONCE, "has not answered in time. Check that it is well and takes more connections (maxclients), the"
            + " network, and the key", "timeout"),
    STARTING(Retry.WHILE_PATIENT,
            "is not ready: it loads its data, changes its primary, or runs somebody's long script. Wait, or"
                    + " check the server that is named by",
            "hosts", "LOADING", "MASTERDOWN", "TRYAGAIN", "CLUSTERDOWN", "BUSY"),
    OUT_OF_MEMORY(Retry.NEVER, "is out of memory and takes nothing new. Raise maxmemory of the server that is named by",
            "hosts",
            "OOM"),
    READ_ONLY(Retry.ONCE, "is a replica, which can't be written. Name the primary, or how to find it, by client-type and",
            "hosts", "READONLY"),
    NOT_DURABLE(Retry.NEVER,
            "refuses to write, since it can't save to its disk, or has lost its replicas. Check the server that"
                    + " is named by",
            "hosts", "MISCONF", "NOREPLICAS"),
    UNAUTHORIZED(Retry.NEVER, "wants another user name or password. Check the user in hosts, and the key", "password", "NOAUTH",
            "WRONGPASS", "unauthenticated"),
    FORBIDDEN(Retry.NEVER,
            "does not let this user do all that is needed: scripts, and all keys that begin with the prefix. Check"
                    + " the user that is named by",
            "hosts", "NOPERM"),
    FOREIGN(Retry.NEVER, "has something else under a key of the store. Another application may use the same server: set"
            + " quarkus.device-authorization-redis.prefix, or another database by", "hosts", "WRONGTYPE"),
    CLUSTER(Retry.NEVER, "is a node of a Redis Cluster, and another one has the keys. Set to cluster the key", "client-type",
            "MOVED", "ASK", "CROSSSLOT"),
    OTHER(Retry.NEVER, "failed. Look at the log of the server that is named by", "hosts");

    /** How often it makes sense to try again. */
    enum Retry {
        NEVER,
        ONCE,
        WHILE_PATIENT
    }

    private final Retry retry;
    private final String advice;
    private final String key;
    private final Pattern codes;

    RedisProblem(Retry retry, String advice, String key, String... codes) {
        this.retry = retry;
        this.advice = advice;
        this.key = key;
        // an error in a script has the code in the midst of its message, in Redis 6
        this.codes = codes.length == 0 ? null : Pattern.compile("(?:^|[ -])(?:" + String.join("|", codes) + ")\\b");
    }

    Retry retry() {
        return retry;
    }

    /** @return what to do, which ends with a key of the Redis client */
    String advice() {
        return advice;
    }

    /** @return the last part of that key */
    String key() {
        return key;
    }

    /** @return whether another connection may lead to another server, or to one that is well */
    boolean isOfConnection() {
        return retry != Retry.NEVER;
    }

    static RedisProblem of(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return SLOW;
        }
        if (!isAnswer(failure)) {
            return UNREACHABLE; // connections fail with exceptions of many types
        }
        String message = String.valueOf(failure.getMessage());
        return Arrays.stream(values()).filter(problem -> problem.codes != null && problem.codes.matcher(message).find())
                .findFirst().orElse(OTHER);
    }

    /** The Redis client says in the same way that a connection has ended. */
    static boolean isAnswer(Throwable failure) {
        return failure instanceof ErrorType && !"CONNECTION_CLOSED".equals(failure.getMessage());
    }
}
