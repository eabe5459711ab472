package io.quarkiverse.deviceauthorization.devserver;

import java.util.concurrent.Executor;

/** Puts the server together: which path is handled by what. */
final class Routes {

    private final Settings settings;
    private final String issuer;
    private final Counters counters;
    private final QueuedScript script;
    private final DeviceFlows flows;
    private final SigningKeys keys;
    private final ClientAuthentication clients;
    private final DpopNonces nonces;
    private final DpopProofs proofs;
    private final OAuthAnswers answers;
    private final AccessTokens accessTokens;
    private final RefreshTokens refreshTokens;
    private final TokenIssuer tokenIssuer;
    private final Dispatcher dispatcher;

    Routes(Settings settings, String issuer, int port, Executor executor) {
        Codes codes = new Codes();
        this.settings = settings;
        this.issuer = issuer;
        counters = new Counters();
        flows = new DeviceFlows(settings, codes);
        script = new QueuedScript(settings, flows, counters);
        keys = new SigningKeys(codes, executor);
        clients = new ClientAuthentication(settings, new ClientAssertions(settings, issuer));
        nonces = new DpopNonces(settings, codes);
        proofs = new DpopProofs(settings, issuer, nonces);
        answers = new OAuthAnswers(settings.wire(), nonces);
        accessTokens = new AccessTokens(settings.clock());
        refreshTokens = new RefreshTokens(settings, codes);
        tokenIssuer = new TokenIssuer(settings, issuer, codes, keys, new IdTokens(keys, script), accessTokens, refreshTokens);
        dispatcher = new Dispatcher(settings.wire(), counters, settings.listener());
        oauth();
        metadata();
        resources();
        scripting();
        page(new VerificationPage(settings, port, flows, codes));
    }

    private void oauth() {
        route("POST", Endpoint.DEVICE_AUTHORIZATION,
                answers.finished(new DeviceAuthorizationEndpoint(settings, issuer, clients, proofs, flows)));
        // It applies the script by itself: the interval is watched for requests that fail too
        dispatcher.route("POST", Endpoint.TOKEN.path(),
                new TokenEndpoint(settings, clients, proofs, answers, flows, tokenIssuer, accessTokens, refreshTokens, script,
                        counters));
        route("POST", Endpoint.REVOCATION,
                answers.finished(new RevocationEndpoint(clients, accessTokens, refreshTokens, counters)));
    }

    private void metadata() {
        MetadataEndpoint metadata = new MetadataEndpoint(settings, issuer);
        route("GET", Endpoint.OPENID_CONFIGURATION, metadata);
        route("GET", Endpoint.AUTHORIZATION_SERVER_METADATA, metadata);
        route("GET", Endpoint.JWKS, request -> Response.json(200, keys.published()));
    }

    private void resources() {
        ProtectedResource userInfo = ProtectedResource.userInfo(accessTokens, proofs);
        ProtectedResource hello = ProtectedResource.hello(accessTokens, proofs);
        route("GET", Endpoint.USERINFO, request -> nonces.offered(userInfo.handle(request)));
        route("GET", Endpoint.HELLO, request -> nonces.offered(hello.handle(request)));
    }

    private void scripting() {
        ScriptEndpoint endpoint = new ScriptEndpoint(settings, script, flows, counters, keys, nonces);
        dispatcher.route("GET", ScriptEndpoint.PATH, endpoint).route("POST", ScriptEndpoint.PATH, endpoint);
    }

    private void page(VerificationPage page) {
        dispatcher.route("GET", VerificationPage.PATH, page::show)
                .route("POST", VerificationPage.PATH, page::decide)
                .route("GET", VerificationPage.PATH + "/style.css",
                        VerificationPage.asset("style.css", "text/css; charset=utf-8"))
                .route("GET", VerificationPage.PATH + "/icon.svg", VerificationPage.asset("icon.svg", "image/svg+xml"));
    }

    private void route(String method, Endpoint endpoint, Handler handler) {
        dispatcher.route(method, endpoint.path(), script.faulty(endpoint, handler));
    }

    Dispatcher dispatcher() {
        return dispatcher;
    }

    void rotateSigningKey() {
        keys.rotate();
    }

    void rotateDpopNonce() {
        nonces.rotate();
    }

    Script script() {
        return script;
    }

    Counters counters() {
        return counters;
    }
}
