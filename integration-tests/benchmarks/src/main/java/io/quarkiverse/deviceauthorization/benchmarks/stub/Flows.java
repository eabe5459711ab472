package io.quarkiverse.deviceauthorization.benchmarks.stub;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;

/** The last million of flows that the stub has issued codes for, and what it has seen of them. For one thread. */
final class Flows {

    private static final ByteBuf PARAMETER = Unpooled
            .unreleasableBuffer(Unpooled.copiedBuffer("device_code=", StandardCharsets.US_ASCII));

    /** What every device code begins with; the number of its flow follows. As long as those of Keycloak altogether. */
    private static final String PREFIX = "GmRhmhcxhwAzkoEqiMEgDnyEysNkuNhszIyS";
    private static final int DIGITS = 7;
    private static final int MOST = 1_000_000;
    private static final long NEVER = Long.MIN_VALUE;

    private int issued;
    private final long[] allowedAt = new long[MOST];
    private final int[] intervals = new int[MOST];
    private long starts;
    private long polls;
    private long early;
    private long earliest = Long.MAX_VALUE;

    /** @return the answer to a device authorization request (RFC 8628 §3.2) */
    String issue(int interval) {
        int number = issued++ % MOST;
        starts++;
        intervals[number] = interval;
        allowedAt[number] = interval == 0 ? NEVER : System.nanoTime() + interval * 1_000_000_000L;
        return String.format(Locale.ROOT, "{\"device_code\":\"%s%07d\",\"user_code\":\"%s\","
                + "\"verification_uri\":\"https://login.example.com/device\","
                + "\"verification_uri_complete\":\"https://login.example.com/device?user_code=%<s\","
                + "\"expires_in\":1800,\"interval\":%d}", PREFIX, number, userCode(number), interval);
    }

    private static String userCode(int number) {
        StringBuilder code = new StringBuilder("WDJB-");
        for (int i = 0, rest = number; i < 4; i++, rest /= 20) {
            code.append("BCDFGHJKLMNPQRSTVWXZ".charAt(rest % 20));
        }
        return code.toString();
    }

    /** Takes note of a token request (RFC 8628 §3.4). The interval counts from the answer before to this request. */
    void polled(ByteBuf body) {
        long now = System.nanoTime();
        polls++;
        int number = number(body);
        if (number < 0 || number >= MOST || allowedAt[number] == NEVER) {
            return;
        }
        long slack = now - allowedAt[number];
        earliest = Math.min(earliest, slack);
        if (slack < 0) {
            early++;
        }
        allowedAt[number] = now + intervals[number] * 1_000_000_000L;
    }

    private static int number(ByteBuf body) {
        int at = ByteBufUtil.indexOf(PARAMETER, body);
        int from = at + PARAMETER.readableBytes() + PREFIX.length();
        if (at < 0 || from + DIGITS > body.writerIndex()) {
            return -1;
        }
        int number = 0;
        for (int i = from; i < from + DIGITS; i++) {
            int digit = body.getByte(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    /** @return what was counted since this was asked before */
    String counts() {
        String counts = String.format(Locale.ROOT, "{\"starts\":%d,\"polls\":%d,\"early\":%d,\"leastSlackMicros\":%d}", starts,
                polls, early, earliest == Long.MAX_VALUE ? 0 : earliest / 1000);
        starts = 0;
        polls = 0;
        early = 0;
        earliest = Long.MAX_VALUE;
        return counts;
    }
}
