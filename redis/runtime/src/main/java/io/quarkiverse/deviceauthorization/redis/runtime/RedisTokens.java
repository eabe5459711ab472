package io.quarkiverse.deviceauthorization.redis.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import io.quarkiverse.deviceauthorization.store.RefreshLease;
import io.quarkiverse.deviceauthorization.store.StoredTokens;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;

/** The tokens of one client's account holders, and the leases for refreshing them. */
final class RedisTokens {

    private static final String PAGE = "500";
    private static final String FIRST_PAGE = "0";

    private final RedisCommands commands;
    private final ClientKeys keys;
    private final ClientTexts texts;
    private final Lifetimes lifetimes;

    RedisTokens(RedisCommands commands, ClientKeys keys, ClientTexts texts, Lifetimes lifetimes) {
        this.commands = commands;
        this.keys = keys;
        this.texts = texts;
        this.lifetimes = lifetimes;
    }

    Uni<Optional<StoredTokens>> find(String owner) {
        return texts.of(keys.client())
                .chain(json -> commands
                        .run(Script.FIND_TOKENS, List.of(keys.tokens(owner), keys.owners()), List.of(lifetimes.ofIdle()))
                        .onItem().transform(text -> Optional.ofNullable(text)
                                .map(found -> ClientTexts.tokens(json, keys, owner, found.toString()))));
    }

    Uni<Boolean> replace(String owner, long expectedVersion, StoredTokens replacement) {
        return texts.of(keys.client())
                .chain(json -> commands.run(Script.REPLACE_TOKENS, List.of(keys.tokens(owner), keys.owners()),
                        List.of(String.valueOf(expectedVersion), UUID.randomUUID().toString(), KeyText.encode(owner),
                                String.valueOf(replacement.version()), json.write(keys.client(), owner, replacement),
                                lifetimes.of(replacement), lifetimes.isIdle(replacement) ? "1" : "0")))
                .onItem().transform(RedisTokens::isDone);
    }

    Uni<Boolean> forget(String owner, long expectedVersion) {
        return commands.run(Script.FORGET_TOKENS, List.of(keys.tokens(owner), keys.owners()),
                List.of(String.valueOf(expectedVersion), KeyText.encode(owner))).onItem().transform(RedisTokens::isDone);
    }

    static boolean isDone(Response answer) {
        return answer.toInteger() == 1;
    }

    Uni<Set<String>> owners() {
        return Uni.createFrom().deferred(() -> owners(FIRST_PAGE, new HashSet<>()));
    }

    private Uni<Set<String>> owners(String cursor, Set<String> found) {
        return commands.send(Command.SSCAN, keys.owners(), cursor, "COUNT", PAGE).chain(page -> {
            String next = page.get(0).toString();
            return living(page.get(1), found)
                    .chain(() -> next.equals(FIRST_PAGE) ? Uni.createFrom().item(found) : owners(next, found));
        });
    }

    /** Adds those whose tokens have not expired. */
    private Uni<Void> living(Response page, Set<String> found) {
        List<String> members = new ArrayList<>();
        page.forEach(member -> members.add(member.toString()));
        if (members.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<String> all = new ArrayList<>(List.of(keys.owners()));
        members.forEach(member -> all.add(keys.tokensOfMember(member)));
        return commands.run(Script.LIVING_OWNERS, all, members).onItem().transform(living -> {
            for (int i = 0; i < members.size(); i++) {
                if (living.get(i).toInteger() == 1) {
                    found.add(KeyText.decode(members.get(i)));
                }
            }
            return null;
        });
    }

    Uni<Optional<RefreshLease>> lease(String owner, Duration atMost) {
        return Uni.createFrom().deferred(() -> {
            List<String> key = List.of(keys.lease(owner));
            String holder = UUID.randomUUID().toString();
            RefreshLease lease = () -> commands.run(Script.RELEASE_LEASE, key, List.of(holder)).replaceWithVoid();
            return commands.run(Script.TAKE_LEASE, key, List.of(holder, Lifetimes.millis(atMost)))
                    .onItem().transform(answer -> isDone(answer) ? Optional.of(lease) : Optional.empty());
        });
    }
}
