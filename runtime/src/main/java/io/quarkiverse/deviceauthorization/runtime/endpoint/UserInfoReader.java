package io.quarkiverse.deviceauthorization.runtime.endpoint;

import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationException;
import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.UserInfo;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;

/** Reads what the server says about a person (OpenID Connect Core 1.0 §5.3.2). */
final class UserInfoReader {

    private final String client;
    private final Unusable unusable;

    UserInfoReader(ClientSettings settings, Unusable unusable) {
        this.client = settings.name();
        this.unusable = unusable;
    }

    AuthorizationServerException noEndpoint() {
        return failure("has no userinfo endpoint that is known. Set " + ConfigKeys.key(client, "user-info-path"), 0);
    }

    UserInfo read(Answer answer, Tokens tokens) {
        if (answer.status() == 401 || answer.status() == 403) {
            String message = "The authorization server of " + ConfigKeys.describe(client)
                    + " doesn't accept the access token at its userinfo endpoint (HTTP status " + answer.status() + "). Ask for"
                    + " the scope openid, and for no audience but this server";
            throw TokenAnswerReader.error(answer).map(error -> new DeviceAuthorizationException(message, error, null))
                    .orElseGet(() -> new DeviceAuthorizationException(message, answer.status(), null));
        }
        if (!answer.successful() || !answer.readable()) {
            throw unusable.answer("user-info-path", answer);
        }
        String subject = answer.text("sub").map(CleanText::of).filter(text -> !text.isEmpty())
                .orElseThrow(() -> failure("says nothing of the subject (sub) at its userinfo endpoint", answer.status()));
        tokens.identity().filter(identity -> !answer.text("sub").get().equals(identity.getSubject())).ifPresent(other -> {
            throw failure("speaks of another person at its userinfo endpoint than in the ID token. Nothing of it is used",
                    answer.status());
        });
        return new UserInfo(subject, CleanText.members(answer.members()));
    }

    private AuthorizationServerException failure(String message, int status) {
        return new AuthorizationServerException("The authorization server of " + ConfigKeys.describe(client) + " " + message,
                status, null);
    }
}
