package io.quarkiverse.deviceauthorization.runtime.store;

/** The tokens of one client's account holders. */
final class TokensFolder extends Folder<StoredJson.Owned> {

    TokensFolder(ClientDirectory directory) {
        super(directory, "tokens");
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
