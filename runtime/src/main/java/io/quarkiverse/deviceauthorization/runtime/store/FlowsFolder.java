package io.quarkiverse.deviceauthorization.runtime.store;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.StoredFlow;

/** The flows of one client. A flow is forgotten ten minutes after its codes ended, when the next one begins. */
final class FlowsFolder extends Folder<StoredFlow> {

    private static final Logger LOG = Logger.getLogger(FlowsFolder.class);
    private static final String LEFT_BEHIND = SUFFIX + PrivateFiles.BESIDE;

    /** When the flow of a file ends, which never changes: so that each file is read for it once. */
    private final Map<Path, Instant> ends = new ConcurrentHashMap<>();

    FlowsFolder(ClientDirectory directory) {
        super(directory, "flows");
    }

    /** A flow that can't be read, written with another key for example, may be anybody's, and nobody can go on with it. */
    List<StoredFlow> findPending(StoredJson json, String owner) {
        Instant now = directory.clock.instant();
        List<StoredFlow> pending = new ArrayList<>();
        for (Path file : list(SUFFIX)) {
            try {
                find(json, file).filter(flow -> flow.pending().owner().equals(owner)
                        && flow.status() == StoredFlow.Status.PENDING && now.isBefore(flow.pending().expiresAt()))
                        .ifPresent(pending::add);
            } catch (AuthorizationStoreException e) {
                LOG.debugf("A flow is not found: %s", e.getMessage());
            }
        }
        return pending;
    }

    void forgetEnded(StoredJson json) {
        Set<Path> files = new HashSet<>(list(SUFFIX));
        ends.keySet().retainAll(files);
        files.forEach(file -> ifPossible(() -> forgetIfOver(json, file)));
        list(LEFT_BEHIND).forEach(beside -> ifPossible(() -> forgetLeftBehind(beside)));
    }

    /** What keeps an old flow from being forgotten is no reason not to begin a new one. */
    private static void ifPossible(Runnable forget) {
        try {
            forget.run();
        } catch (AuthorizationStoreException e) {
            LOG.debugf("A flow is not forgotten: %s", e.getMessage());
        }
    }

    private void forgetIfOver(StoredJson json, Path file) {
        Instant known = ends.get(file);
        if (known == null) {
            known = end(json, file).orElse(Instant.MAX);
            ends.put(file, known);
        }
        if (isOver(known)) {
            directory.exclusively(file, () -> {
                if (readOrMoveAside(json, file).filter(flow -> isOver(flow.pending().expiresAt())).isPresent()) {
                    directory.files.delete(file);
                }
                return null;
            });
        }
    }

    private Optional<Instant> end(StoredJson json, Path file) {
        return find(json, file).map(flow -> flow.pending().expiresAt());
    }

    private boolean isOver(Instant end) {
        return end.isBefore(directory.clock.instant().minus(Retention.OF_ENDED));
    }

    /** A process that was killed while it wrote has left it. Whoever has the lock knows that nobody writes now. */
    private void forgetLeftBehind(Path beside) {
        String name = beside.getFileName().toString();
        Path file = beside.resolveSibling(name.substring(0, name.length() - PrivateFiles.BESIDE.length()));
        directory.exclusively(file, () -> {
            directory.files.delete(beside);
            return null;
        });
    }

    @Override
    StoredFlow parse(StoredJson json, String text, String place) throws BrokenContentException {
        return json.readFlow(text, directory.client, place);
    }

    @Override
    String write(StoredJson json, StoredFlow flow) {
        return json.write(flow);
    }

    @Override
    long version(StoredFlow flow) {
        return flow.version();
    }

    @Override
    String name(StoredFlow flow) {
        return flow.pending().id();
    }

    @Override
    String client(StoredFlow flow) {
        return flow.pending().client();
    }
}
