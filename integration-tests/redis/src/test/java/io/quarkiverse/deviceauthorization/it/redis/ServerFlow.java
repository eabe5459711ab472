package io.quarkiverse.deviceauthorization.it.redis;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A flow as the server sees it. */
final class ServerFlow {

    final String userCode;
    final long startedAt;
    final List<TokenExchange> polls = new CopyOnWriteArrayList<>();
    final List<TokenExchange> refreshes = new CopyOnWriteArrayList<>();

    ServerFlow(String userCode, long startedAt) {
        this.userCode = userCode;
        this.startedAt = startedAt;
    }

    /** The poll that was answered with tokens. */
    Optional<TokenExchange> grant() {
        return polls.stream().filter(poll -> poll.issuedRefreshToken().isPresent()).findFirst();
    }

    /** The first poll whose answer ended the flow, with tokens or without. */
    Optional<TokenExchange> end() {
        return polls.stream().filter(TokenExchange::ends).findFirst();
    }

    /** Whether these tokens were issued for this flow, when it was approved or by a refresh since. */
    boolean issued(String accessToken, String refreshToken) {
        return Stream.concat(grant().stream(), refreshes.stream())
                .anyMatch(exchange -> exchange.issuedAccessToken().filter(accessToken::equals).isPresent()
                        && exchange.issuedRefreshToken().filter(refreshToken::equals).isPresent());
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("at the server: started " + startedAt);
        polls.forEach(poll -> text.append("\n    poll ").append(poll));
        refreshes.forEach(refresh -> text.append("\n    refresh ").append(refresh));
        return text.toString();
    }
}
