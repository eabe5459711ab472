package io.quarkiverse.deviceauthorization.runtime.prompt;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.quarkiverse.deviceauthorization.runtime.prompt.FlowStatus.State;
import io.quarkiverse.deviceauthorization.runtime.prompt.PromptTexts.Text;
import io.quarkiverse.deviceauthorization.runtime.protocol.Timer;
import io.smallrye.mutiny.subscription.Cancellable;

/**
 * What a flow is doing. On a terminal it is one line, which is written again each second with the time that is left, and is
 * never so long that the terminal would break it. Elsewhere each change is a line.
 */
final class StatusLine {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Screen screen;
    private final Terminal terminal;
    private final PromptTexts texts;
    private final Instant end;
    private final InstantSource clock;
    private final Timer timer;
    private final Executor executor;

    private FlowStatus status = FlowStatus.STARTED;
    private Cancellable next;
    private boolean over;
    private int columns;
    private int drawn;

    /**
     * @param end when the codes end
     * @param executor its threads may be blocked, as terminals do
     */
    StatusLine(Screen screen, PromptTexts texts, Instant end, InstantSource clock, Timer timer, Executor executor) {
        this.screen = screen;
        this.terminal = screen.terminal();
        this.texts = texts;
        this.end = end;
        this.clock = clock;
        this.timer = timer;
        this.executor = executor;
    }

    /** @param width how many columns the terminal has */
    synchronized void begin(int width) {
        if (terminal.updates()) {
            columns = width;
            screen.begin(this, draw());
            schedule();
        }
    }

    void change(FlowStatus now) {
        int width = terminal.updates() ? terminal.size().get().columns() : 0;
        synchronized (this) {
            boolean changed = !now.equals(status);
            status = now;
            if (terminal.updates()) {
                rewrite(width);
            } else if (changed) {
                screen.print(texts.of(now) + ".\n");
            }
        }
    }

    /** @param last how it ended, or null if it didn't */
    synchronized void end(FlowStatus last) {
        over = true;
        if (next != null) {
            next.cancel();
        }
        screen.end(this, erase(), last == null ? "" : coloured(last.state(), texts.of(last) + ".") + "\n");
    }

    private void schedule() {
        Duration left = left();
        if (!left.isZero()) {
            int nanos = left.getNano();
            next = timer.schedule(nanos == 0 ? SECOND : Duration.ofNanos(nanos), this::due);
        }
    }

    /** Timers must not be held up by a terminal. */
    private void due() {
        try {
            executor.execute(this::tick);
        } catch (RejectedExecutionException e) {
            return; // the application is shutting down
        }
    }

    private void tick() {
        int width = terminal.size().get().columns();
        synchronized (this) {
            if (!over && rewrite(width)) {
                schedule();
            }
        }
    }

    private boolean rewrite(int width) {
        columns = width;
        return screen.rewrite(this, erase() + draw());
    }

    /** Where the terminal has become narrower, it may have broken the line. */
    private String erase() {
        int above = columns > 0 ? Math.max(0, drawn - 1) / columns : 0;
        return above > 0 ? "\r\033[" + above + "A\033[J" : "\r\033[J";
    }

    private String draw() {
        String doing = texts.of(status);
        String all = doing + " - " + texts.get(Text.LEFT, countdown(left()));
        String line = DisplayWidth.of(all) < columns ? all : DisplayWidth.cut(doing, columns - 1);
        drawn = DisplayWidth.of(line);
        return coloured(status.state(), line);
    }

    private Duration left() {
        Duration left = Duration.between(clock.instant(), end);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** @return minutes and seconds, and hours if there are any; a second that has begun counts */
    static String countdown(Duration left) {
        long seconds = left.plusNanos(SECOND.toNanos() - 1).toSeconds();
        String minutes = seconds >= 3600 ? seconds / 3600 + ":" + twoDigits(seconds / 60 % 60) : String.valueOf(seconds / 60);
        return minutes + ":" + twoDigits(seconds % 60);
    }

    private static String twoDigits(long number) {
        return number < 10 ? "0" + number : String.valueOf(number);
    }

    private String coloured(State state, String text) {
        return switch (state) {
            case WAITING, SLOWED_DOWN -> text;
            case RETRYING, CANCELLED -> terminal.styled(Terminal.YELLOW, text);
            case APPROVED -> terminal.styled(Terminal.GREEN, text);
            case DENIED, EXPIRED, FAILED, GAVE_UP -> terminal.styled(Terminal.RED, text);
        };
    }
}
