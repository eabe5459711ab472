package io.quarkiverse.deviceauthorization.redis.runtime;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.runtime.store.Retention;
import io.quarkiverse.deviceauthorization.runtime.store.StoredJson;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.smallrye.mutiny.Uni;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Response;

/** The flows of one client. */
final class RedisFlows {

    private static final Logger LOG = Logger.getLogger(RedisFlows.class);

    /** How many flows are read at once. */
    private static final int PAGE = 100;
    private static final String NOT_LISTED = "";

    private final RedisCommands commands;
    private final ClientKeys keys;
    private final ClientTexts texts;
    private final Lifetimes lifetimes;

    RedisFlows(RedisCommands commands, ClientKeys keys, ClientTexts texts, Lifetimes lifetimes) {
        this.commands = commands;
        this.keys = keys;
        this.texts = texts;
        this.lifetimes = lifetimes;
    }

    Uni<Optional<StoredFlow>> find(String id) {
        return texts.of(keys.client()).chain(json -> commands.send(Command.HGET, keys.flow(id), "data")
                .onItem().transform(text -> Optional.ofNullable(text)
                        .map(found -> ClientTexts.flow(json, keys, id, found.toString()))));
    }

    Uni<Boolean> replace(long expectedVersion, StoredFlow flow) {
        return texts.of(keys.client()).chain(json -> {
            boolean pending = flow.status() == StoredFlow.Status.PENDING;
            return commands.run(Script.REPLACE_FLOW,
                    List.of(keys.flow(flow.pending().id()), keys.pending(flow.pending().owner()), keys.followed()),
                    List.of(String.valueOf(expectedVersion), UUID.randomUUID().toString(), KeyText.encode(flow.pending().id()),
                            String.valueOf(flow.version()), json.write(flow), lifetimes.of(flow),
                            pending ? millis(flow.pending().expiresAt()) : NOT_LISTED,
                            pending && flow.followed() ? micros(flow.nextRequest()) : NOT_LISTED,
                            millis(lifetimes.now().minus(Retention.OF_ENDED))));
        }).onItem().transform(RedisTokens::isDone);
    }

    Uni<List<StoredFlow>> findPending(String owner) {
        return texts.of(keys.client()).chain(json -> {
            Instant now = lifetimes.now();
            return find(new Search(json, keys.pending(owner), millis(now), "+inf", Integer.MAX_VALUE,
                    flow -> flow.pending().owner().equals(owner) && now.isBefore(flow.pending().expiresAt())));
        });
    }

    Uni<List<StoredFlow>> findAbandoned(Instant before, int atMost) {
        return texts.of(keys.client()).chain(json -> find(new Search(json, keys.followed(), "-inf", micros(before), atMost,
                flow -> flow.followed() && flow.nextRequest().isBefore(before))));
    }

    /**
     * Which flows of a list are wanted.
     *
     * @param list the key of the list
     * @param from the least that they are sorted by
     * @param to the most
     * @param atMost how many
     * @param wanted which of those, if they are pending
     */
    private record Search(StoredJson json, String list, String from, String to, int atMost, Predicate<StoredFlow> wanted) {
    }

    private Uni<List<StoredFlow>> find(Search search) {
        return find(search, 0, new ArrayList<>());
    }

    /** @param offset how many of the list, as it is now, were read already */
    private Uni<List<StoredFlow>> find(Search search, int offset, List<StoredFlow> found) {
        int count = Math.min(PAGE, search.atMost - found.size());
        return commands.send(Command.ZRANGE, search.list, search.from, search.to, "BYSCORE", "LIMIT",
                String.valueOf(offset), String.valueOf(count)).chain(page -> {
                    List<String> members = new ArrayList<>();
                    page.forEach(member -> members.add(member.toString()));
                    if (members.isEmpty()) {
                        return Uni.createFrom().item(found);
                    }
                    return read(search, members, found).chain(expired -> members.size() < count || found.size() == search.atMost
                            ? Uni.createFrom().item(found)
                            : find(search, offset + members.size() - expired, found));
                });
    }

    /** Adds the flows that are wanted, and tells how many have expired, which are in the list no more. */
    private Uni<Integer> read(Search search, List<String> members, List<StoredFlow> found) {
        List<String> all = new ArrayList<>(List.of(search.list));
        members.forEach(member -> all.add(keys.flowOfMember(member)));
        return commands.run(Script.READ_FLOWS, all, members).onItem().transform(flows -> {
            int expired = 0;
            for (int i = 0; i < members.size(); i++) {
                Response text = flows.get(i);
                if (text == null) {
                    expired++;
                } else {
                    readable(search.json, KeyText.decode(members.get(i)), text.toString())
                            .filter(flow -> flow.status() == StoredFlow.Status.PENDING).filter(search.wanted)
                            .ifPresent(found::add);
                }
            }
            return expired;
        });
    }

    /** What can't be read, written with another key for example, keeps nobody from going on with other flows. */
    private Optional<StoredFlow> readable(StoredJson json, String id, String text) {
        try {
            return Optional.of(ClientTexts.flow(json, keys, id, text));
        } catch (AuthorizationStoreException e) {
            LOG.debugf("A flow is not found: %s", e.getMessage());
            return Optional.empty();
        }
    }

    private static String millis(Instant instant) {
        return String.valueOf(number(instant, 1_000));
    }

    private static String micros(Instant instant) {
        return String.valueOf(number(instant, 1_000_000));
    }

    /** A sorted set counts in fractions, and so exactly up to 2^53 only: microseconds until the year 2255. */
    private static long number(Instant instant, long perSecond) {
        long limit = (1L << 53) / perSecond;
        long seconds = Math.max(-limit, Math.min(limit - 1, instant.getEpochSecond()));
        return seconds * perSecond + instant.getNano() / (1_000_000_000 / perSecond);
    }
}
