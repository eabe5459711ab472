package io.quarkiverse.deviceauthorization.devserver;

/**
 * Watches what goes over the wire, for tests that act in the middle of a request or need to know what was issued. It is called
 * by the thread that serves the request, which goes on when it returns: it may take its time. Requests of {@code /dev/script}
 * are left out.
 */
public interface ExchangeListener {

    /**
     * A request was received, and nothing has been done about it.
     *
     * @param request the request
     */
    default void received(ReceivedRequest request) {
    }

    /**
     * A request was carried out, and nothing of its answer has been sent.
     *
     * @param request the request
     * @param answer what it will be answered with
     */
    default void answering(ReceivedRequest request, SentAnswer answer) {
    }

    /**
     * The answer has left the server. It is not called when the client has closed the connection before.
     *
     * @param request the request
     * @param answer what it was answered with
     */
    default void answered(ReceivedRequest request, SentAnswer answer) {
    }
}
