package io.quarkiverse.deviceauthorization.runtime.store;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;
import io.quarkiverse.deviceauthorization.store.StoredFlow;
import io.quarkiverse.deviceauthorization.store.StoredTokens;

/**
 * Flows and tokens as text that outlives this process: JSON with a version of its format, which a person can read, or the same
 * encrypted. A later version of this class reads what an earlier one has written, and leaves alone what a later one has.
 */
public final class StoredJson {

    /** The key of the configuration that lets text be read which is not encrypted, for messages. */
    static final String ACCEPT_PLAIN = "tokens.encryption.accept-plain";

    private static final Logger LOG = Logger.getLogger(StoredJson.class);

    /** The version of the format. A later one may have other members, or mean something else by them. */
    static final int FORMAT = 1;

    /**
     * Tokens, and whose they are.
     *
     * @param client the name of the client
     * @param owner the account holder
     * @param stored the tokens
     */
    public record Owned(String client, String owner, StoredTokens stored) {
    }

    private final Optional<EncryptionKey> key;
    private final boolean acceptPlain;
    private final AtomicBoolean hasWarned = new AtomicBoolean();

    /**
     * @param key encrypts what is written, and then nothing is read that is not encrypted; without it, text is readable for
     *        whoever gets it
     */
    public StoredJson(Optional<EncryptionKey> key) {
        this(key, false);
    }

    /** @param acceptPlain whether what is not encrypted is read although there is a key */
    StoredJson(Optional<EncryptionKey> key, boolean acceptPlain) {
        this.key = key;
        this.acceptPlain = acceptPlain;
    }

    /** @return the same, which reads what is not encrypted, too */
    StoredJson acceptingPlain() {
        return new StoredJson(key, true);
    }

    /**
     * @param client the name of the client
     * @param owner the account holder
     * @param stored their tokens
     * @return the text to store
     */
    public String write(String client, String owner, StoredTokens stored) {
        return encrypted(TokensMembers.write(begin(client, owner), stored));
    }

    /**
     * @param flow a flow
     * @return the text to store
     */
    public String write(StoredFlow flow) {
        return encrypted(FlowMembers.write(begin(flow.pending().client(), flow.pending().owner()), flow));
    }

    /**
     * @param text what is stored
     * @param client the name of the client whose configuration has the key
     * @param place where the text is, for messages
     * @return tokens, and whose they are
     * @throws BrokenContentException if the text is none of ours
     * @throws AuthorizationStoreException if it can't be read as things are: a newer format, another key or none, or not
     *         encrypted where it has to be
     */
    public Owned readTokens(String text, String client, String place) throws BrokenContentException {
        Members members = decrypted(text, client, place);
        return new Owned(members.text("client"), members.text("owner"), TokensMembers.readStored(members));
    }

    /**
     * @param text what is stored
     * @param client the name of the client whose configuration has the key
     * @param place where the text is, for messages
     * @return a flow
     * @throws BrokenContentException if the text is none of ours
     * @throws AuthorizationStoreException if it can't be read as things are: a newer format, another key or none, or not
     *         encrypted where it has to be
     */
    public StoredFlow readFlow(String text, String client, String place) throws BrokenContentException {
        return FlowMembers.read(decrypted(text, client, place));
    }

    private static Members.Builder begin(String client, String owner) {
        return new Members.Builder().put("format", FORMAT).put("client", client).put("owner", owner);
    }

    private String encrypted(Map<String, Object> members) {
        String text = JsonValues.write(members);
        return key.map(present -> JsonValues.write(
                new Members.Builder().put("format", FORMAT).put("jwe", present.encrypt(text)).build())).orElse(text);
    }

    private Members decrypted(String text, String client, String place) throws BrokenContentException {
        Members members = known(text, place);
        Optional<String> jwe = members.optionalText("jwe");
        if (jwe.isEmpty()) {
            if (key.isPresent()) {
                plain(client, place);
            }
            return members;
        }
        EncryptionKey present = key.orElseThrow(() -> new AuthorizationStoreException(place + " is encrypted. Set "
                + ConfigKeys.key(client, EncryptionKey.CONFIG) + " to the key that it was encrypted with", null));
        return known(present.decrypt(jwe.get(), client, place), place);
    }

    /** Text that is not encrypted is from before there was a key, or from somebody who has none, and nothing tells which. */
    private void plain(String client, String place) {
        String accept = ConfigKeys.key(client, ACCEPT_PLAIN);
        if (!acceptPlain) {
            throw new AuthorizationStoreException(place + " is not encrypted, and what is stored for this client has to be. It"
                    + " is not used, since whoever can write there may have made it up, and is left as it is. If it is from"
                    + " before there was a key, set " + accept + "=true until it has been written again; if not, find out"
                    + " who writes there, and move it away to sign in again", null);
        } else if (hasWarned.compareAndSet(false, true)) {
            LOG.warnf("%s is not encrypted. It is used, and so is all else that whoever can write there puts there, since %s is"
                    + " set. Remove that key when what was stored before has been written again", place, accept);
        }
    }

    private static Members known(String text, String place) throws BrokenContentException {
        Members members = new Members(JsonValues.read(text));
        long format = members.number("format");
        if (format > FORMAT) {
            throw new AuthorizationStoreException(place + " was written by a newer version of this application (format "
                    + format + "; this one knows format " + FORMAT + "), and is left as it is. Update this application", null);
        } else if (format < 1) {
            throw new BrokenContentException("its member format is not what it has to be");
        }
        return members;
    }
}
