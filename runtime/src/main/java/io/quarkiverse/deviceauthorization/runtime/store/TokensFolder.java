package io.quarkiverse.deviceauthorization.runtime.store;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;

/** The tokens of one client's account holders. */
final class TokensFolder extends Folder<StoredJson.Owned> {

    private static final Logger LOG = Logger.getLogger(TokensFolder.class);

    TokensFolder(ClientDirectory directory) {
        super(directory, "tokens");
    }

    /**
     * What can't be read of one owner keeps nobody else from being found, or signed out. Most files tell by their name whose
     * they are, so that whoever asks for that owner is told what is wrong.
     */
    Set<String> findOwners(StoredJson json) {
        Set<String> owners = new HashSet<>();
        for (Path file : list(SUFFIX)) {
            try {
                find(json, file).ifPresent(found -> owners.add(found.owner()));
            } catch (AuthorizationStoreException e) {
                FileNames.plainName(file, SUFFIX).ifPresentOrElse(owners::add, () -> LOG.warnf(
                        "Tokens of an owner whose name can't be told are left out where all owners are asked for: %s",
                        e.getMessage()));
            }
        }
        return owners;
    }

    @Override
    StoredJson.Owned parse(StoredJson json, String text, String place) throws BrokenContentException {
        return json.readTokens(text, directory.client, place);
    }

    @Override
    String write(StoredJson json, StoredJson.Owned value) {
        return json.write(value.client(), value.owner(), value.stored());
    }

    @Override
    long version(StoredJson.Owned value) {
        return value.stored().version();
    }

    @Override
    String name(StoredJson.Owned value) {
        return value.owner();
    }

    @Override
    String client(StoredJson.Owned value) {
        return value.client();
    }
}
