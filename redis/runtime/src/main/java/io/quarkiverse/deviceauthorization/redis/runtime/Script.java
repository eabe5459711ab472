package io.quarkiverse.deviceauthorization.redis.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;

/** A Lua script, which Redis runs as a whole or not at all. Its time is that of its arguments. */
enum Script {

    FIND_TOKENS,
    REPLACE_TOKENS,
    FORGET_TOKENS,
    LIVING_OWNERS,
    REPLACE_FLOW,
    READ_FLOWS,
    TAKE_LEASE,
    RELEASE_LEASE,
    PROBE;

    private final String text;
    private final String digest;

    Script() {
        String resource = name().toLowerCase(Locale.ROOT).replace('_', '-') + ".lua";
        try (InputStream in = Script.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException(resource + " is missing");
            }
            byte[] bytes = in.readAllBytes();
            text = new String(bytes, StandardCharsets.UTF_8);
            digest = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-1", e);
        }
    }

    /** @return runs it, if Redis knows it already */
    Request known(List<String> keys, List<String> arguments) {
        return request(Command.EVALSHA, digest, keys, arguments);
    }

    /** @return runs it, and makes it known */
    Request whole(List<String> keys, List<String> arguments) {
        return request(Command.EVAL, text, keys, arguments);
    }

    private static Request request(Command command, String script, List<String> keys, List<String> arguments) {
        Request request = Request.cmd(command).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        arguments.forEach(request::arg);
        return request;
    }
}
