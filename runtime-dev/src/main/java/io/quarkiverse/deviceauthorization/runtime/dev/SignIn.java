package io.quarkiverse.deviceauthorization.runtime.dev;

import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;

import io.quarkiverse.deviceauthorization.PendingAuthorization;
import io.quarkiverse.deviceauthorization.prompt.QrCode;

/**
 * What the person who signs in needs to know; the device code is not among it.
 *
 * @param client the name of the client
 * @param owner the account holder
 * @param id the id of the flow
 * @param userCode what the person enters
 * @param verificationUri where the person enters it
 * @param verificationUriComplete the same with the code in it; or null
 * @param expiresAt when the codes end, in milliseconds since 1970
 * @param interval the least time between two polls at the beginning, in milliseconds
 * @param qrCode the rows of the QR code of the shorter way to the page, each a text of 0 for light and 1 for dark; empty if it
 *        can't be drawn
 * @param devService whether it can be decided here
 */
record SignIn(String client, String owner, String id, String userCode, String verificationUri, String verificationUriComplete,
        long expiresAt, long interval, List<String> qrCode, boolean devService) {

    static SignIn of(PendingAuthorization pending, boolean devService) {
        URI shortest = pending.verificationUriComplete().orElse(pending.verificationUri());
        return new SignIn(pending.client(), pending.owner(), pending.id(), pending.userCode(),
                pending.verificationUri().toString(), pending.verificationUriComplete().map(URI::toString).orElse(null),
                pending.expiresAt().toEpochMilli(), pending.interval().toMillis(), rows(shortest.toString()), devService);
    }

    private static List<String> rows(String text) {
        QrCode code;
        try {
            code = QrCode.of(text);
        } catch (IllegalArgumentException e) {
            return List.of(); // the text is too long, and stands beside it anyway
        }
        return IntStream.range(0, code.size()).mapToObj(y -> IntStream.range(0, code.size())
                .collect(StringBuilder::new, (row, x) -> row.append(code.isDark(x, y) ? '1' : '0'), StringBuilder::append)
                .toString()).toList();
    }
}
