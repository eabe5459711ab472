package io.quarkiverse.deviceauthorization.runtime.endpoint;

import java.util.Map;
import java.util.Optional;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.Tokens;
import io.quarkiverse.deviceauthorization.provider.ProviderRequest.Kind;
import io.quarkiverse.deviceauthorization.runtime.config.ClientSettings;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.smallrye.mutiny.Uni;

/** Tells the server that tokens are not needed any more (RFC 7009), where it wants to know. */
final class Revocation {

    private static final Logger LOG = Logger.getLogger(Revocation.class);

    private final String client;
    private final RequestForms forms;
    private final Exchange exchange;
    private final EndpointResolver resolver;
    private final Unusable unusable;

    Revocation(ClientSettings settings, RequestForms forms, Exchange exchange, EndpointResolver resolver, Unusable unusable) {
        this.client = settings.name();
        this.forms = forms;
        this.exchange = exchange;
        this.resolver = resolver;
        this.unusable = unusable;
    }

    /** @return fails when the server can't be asked */
    Uni<Void> of(Tokens tokens) {
        return resolver.endpoints().onItem().transformToUni(endpoints -> {
            if (endpoints.revocation().isEmpty()) {
                LOG.debugf("There is no revocation endpoint: the tokens of %s are only forgotten", ConfigKeys.describe(client));
                return Uni.createFrom().voidItem();
            }
            Exchange.Prepared prepared = new Exchange.Prepared(Kind.REVOCATION, forms.revoke(tokens), Map.of(),
                    Optional.empty(), Exchange.texts(tokens.accessToken(), tokens.refreshToken()));
            return exchange.send(prepared, endpoints.revocation().get(), endpoints.token(), Outcome.ANSWER)
                    .onItem().invoke(this::check).replaceWithVoid();
        });
    }

    private void check(Answer answer) {
        if (answer.status() >= 500 || answer.status() == 429) {
            throw unusable.answer("revoke-path", answer);
        }
        if (!answer.successful()) {
            LOG.warnf("The authorization server of %s did not revoke a token (HTTP status %s%s); it is forgotten here",
                    ConfigKeys.describe(client), answer.status(),
                    TokenAnswerReader.error(answer).map(error -> ", " + error.code()).orElse(""));
        }
    }
}
