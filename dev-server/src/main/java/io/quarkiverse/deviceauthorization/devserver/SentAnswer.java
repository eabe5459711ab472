package io.quarkiverse.deviceauthorization.devserver;

/**
 * An answer as it went over the wire. Its {@code toString} shows no body: it may hold secrets.
 *
 * @param status the HTTP status; 0 when the connection was closed without an answer
 * @param body the body as text; where the script lost the answer, it is empty
 */
public record SentAnswer(int status, String body) {

    @Override
    public String toString() {
        return status + ", " + body.length() + " characters";
    }
}
