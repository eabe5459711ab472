package io.quarkiverse.deviceauthorization.devserver;

/** {@code POST /oauth/revoke} (RFC 7009): a refresh token takes its access tokens along; unknown tokens are fine too. */
final class RevocationEndpoint implements Handler {

    private final ClientAuthentication clients;
    private final AccessTokens accessTokens;
    private final RefreshTokens refreshTokens;
    private final Counters counters;

    RevocationEndpoint(ClientAuthentication clients, AccessTokens accessTokens, RefreshTokens refreshTokens,
            Counters counters) {
        this.clients = clients;
        this.accessTokens = accessTokens;
        this.refreshTokens = refreshTokens;
        this.counters = counters;
    }

    @Override
    public Response handle(Request request) {
        Parameters form = request.form();
        Client client = clients.authenticate(request, form);
        String token = form.required("token");
        if (refreshTokens.grant(token).filter(grant -> grant.clientId().equals(client.id())).isPresent()) {
            refreshTokens.revoke(token).ifPresent(accessTokens::revokeFamily);
            counters.revocation();
        } else if (accessTokens.find(token).filter(known -> known.grant().clientId().equals(client.id())).isPresent()) {
            accessTokens.revoke(token);
            counters.revocation();
        }
        return Response.empty(200);
    }
}
