package io.quarkiverse.deviceauthorization.runtime.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Optional;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.quarkiverse.deviceauthorization.AuthorizationRequest;
import io.quarkiverse.deviceauthorization.AuthorizationServerException;
import io.quarkiverse.deviceauthorization.InvalidScopeException;
import io.quarkiverse.deviceauthorization.OAuthError;
import io.quarkiverse.deviceauthorization.provider.ProviderAdapter;
import io.quarkiverse.deviceauthorization.provider.ProviderAnswer;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;
import io.quarkiverse.deviceauthorization.runtime.protocol.TokenAnswer;

@DisplayName("An adapter of the application that fails")
class ApplicationAdapterTest {

    private final RecordingApi api = new RecordingApi();

    @Test
    @DisplayName("is named with the place of its failure, and not with what it was looking at")
    void place() {
        RequestsOf requests = requests(new ProviderAdapter() {
            @Override
            public ProviderAnswer answer(Kind kind, ProviderAnswer answer) {
                return answer.with("expires_in", Integer.parseInt(answer.text("access_token").orElseThrow()));
            }
        });
        TokenAnswer answer = requests.poll(200, RequestsOf.TOKENS);
        assertThat(((TokenAnswer.Unavailable) answer).failure()).hasNoCause().hasMessageMatching("The ProviderAdapter of the"
                + " default client failed: NumberFormatException at .*ApplicationAdapterTest.*answer\\("
                + "ApplicationAdapterTest.java:[0-9]+\\)\\. It is a bean of this application: mend it");
        assertThat(((TokenAnswer.Unavailable) answer).failure().getMessage()).doesNotContain("\"access\"");
    }

    @Test
    @DisplayName("by an Error is named in the same way, as where something was left to do")
    void error() {
        RequestsOf requests = requests(new ProviderAdapter() {
            @Override
            public ProviderAnswer answer(Kind kind, ProviderAnswer answer) {
                throw new AssertionError("An operation is not implemented: " + answer);
            }
        });
        assertThat(requests.poll(200, RequestsOf.TOKENS)).isInstanceOfSatisfying(TokenAnswer.Unavailable.class,
                unavailable -> assertThat(unavailable.failure()).hasNoCause()
                        .hasMessageStartingWith("The ProviderAdapter of the default client failed: AssertionError at ")
                        .hasMessageNotContaining("not implemented"));
    }

    @Test
    @DisplayName("fails a start in the same way, before anything is sent")
    void request() {
        RequestsOf requests = requests(new ProviderAdapter() {
            @Override
            public ProviderRequest request(ProviderRequest request) {
                throw new IllegalStateException("with a s3cret");
            }
        });
        assertThatThrownBy(() -> requests.start(AuthorizationRequest.defaults()))
                .isInstanceOf(AuthorizationServerException.class)
                .hasMessageStartingWith("The ProviderAdapter of the default client failed: IllegalStateException at ")
                .hasMessageNotContaining("s3cret");
        assertThat(api.sent()).isEmpty();
    }

    @Test
    @DisplayName("to give advice leaves the error as it is, with the advice that fits any provider")
    void cure() {
        api.answering(400, "application/json", "{\"error\":\"invalid_scope\"}");
        HttpAuthorizationServer server = Servers.of(Settings.of().with(new ProviderAdapter() {
            @Override
            public Optional<String> cure(Kind kind, OAuthError error) {
                return Optional.of(error.description().orElseThrow());
            }
        }), api, Answers.CLOCK);
        assertThatThrownBy(() -> server.requestCodes(AuthorizationRequest.defaults()).await().indefinitely())
                .isInstanceOf(InvalidScopeException.class).hasMessageEndingWith("invalid_scope, HTTP status 400. Check"
                        + " quarkus.device-authorization.scopes against those that the provider allows for this client");
    }

    @Test
    @DisplayName("by returning null is named with what returned it")
    void nothing() {
        assertThatThrownBy(() -> requests(new ProviderAdapter() {
            @Override
            public URI endpoint(Kind kind, URI configured) {
                return null;
            }
        }).start(AuthorizationRequest.defaults())).isInstanceOf(AuthorizationServerException.class)
                .hasMessage("The ProviderAdapter of the default client failed: endpoint() returns null. It is a bean of this"
                        + " application: mend it");
        assertThatThrownBy(() -> requests(new ProviderAdapter() {
            @Override
            public ProviderRequest request(ProviderRequest request) {
                return null;
            }
        }).start(AuthorizationRequest.defaults())).isInstanceOf(AuthorizationServerException.class)
                .hasMessageContaining("failed: request() returns null");
        assertThat(api.sent()).isEmpty();
    }

    @Test
    @DisplayName("by returning null for an answer leaves the flow alone, as whatever else fails")
    void noAnswer() {
        assertThat(requests(new ProviderAdapter() {
            @Override
            public ProviderAnswer answer(Kind kind, ProviderAnswer answer) {
                return null;
            }
        }).poll(200, RequestsOf.TOKENS)).isInstanceOfSatisfying(TokenAnswer.Unavailable.class,
                unavailable -> assertThat(unavailable.failure()).hasNoCause()
                        .hasMessageContaining("failed: answer() returns null"));
    }

    @Test
    @DisplayName("by returning null for advice leaves the error as it is")
    void noCure() {
        api.answering(400, "application/json", "{\"error\":\"invalid_scope\"}");
        HttpAuthorizationServer server = Servers.of(Settings.of().with(new ProviderAdapter() {
            @Override
            public Optional<String> cure(Kind kind, OAuthError error) {
                return null;
            }
        }), api, Answers.CLOCK);
        assertThatThrownBy(() -> server.requestCodes(AuthorizationRequest.defaults()).await().indefinitely())
                .isInstanceOf(InvalidScopeException.class).hasMessageContaining("Check quarkus.device-authorization.scopes");
    }

    private RequestsOf requests(ProviderAdapter adapter) {
        return new RequestsOf(Servers.of(Settings.of().with(adapter), api, Answers.CLOCK), api);
    }
}
