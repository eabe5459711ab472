package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.Secret;
import io.quarkiverse.deviceauthorization.provider.ProviderAnswer;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Format;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;
import io.quarkiverse.deviceauthorization.runtime.credentials.Credentials;
import io.quarkiverse.deviceauthorization.runtime.dpop.DpopKey;
import io.quarkiverse.deviceauthorization.store.FlowBinding;

@DisplayName("R11: What is shown of a value that secrets are in, in a debugger or by mistake,")
class ShownRecordsTest {

    private static final String SECRET = "s3cret-t0ken";

    @Test
    @DisplayName("is none of them")
    void none() {
        Map<String, String> headers = Map.of("Authorization", "Bearer " + SECRET);
        DpopKey key = DpopKey.generate();
        List<Object> shown = List.of(
                Answers.json(200, "{\"access_token\":\"" + SECRET + "\"}"),
                new Exchange.Prepared(Kind.REFRESH, new Form().set("refresh_token", SECRET), headers, Optional.of(key),
                        List.of(SECRET)),
                new OutgoingRequest(Format.FORM, SECRET.getBytes(), headers),
                new Credentials(Map.of("client_secret", SECRET), Optional.of("Basic " + SECRET), List.of(SECRET)),
                new ProviderRequest(Kind.REFRESH, Map.of("refresh_token", List.of(SECRET)), headers, Format.FORM),
                new ProviderAnswer(200, Map.of("access_token", SECRET)),
                Settings.of("credentials.secret", SECRET, "extra-params.api_key", SECRET, "headers.X-Api-Key", SECRET),
                new FlowBinding(Optional.of(Secret.of(SECRET)), Optional.of(Secret.of(SECRET)), Optional.of(SECRET),
                        Optional.of("tv")),
                Secret.of(SECRET), key);
        assertThat(shown).extracting(Object::toString)
                .allSatisfy(text -> assertThat(text).doesNotContain(SECRET, key.secret().value()));
        assertThat(shown.get(0)).hasToString("Answer[status=200, contentType=application/json, members=[access_token]]");
    }
}
