package io.quarkiverse.deviceauthorization.devserver;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs a server on its own until it is terminated. The options follow {@link DeviceAuthorizationServer.Builder}:
 * {@code --port=8180}, {@code --behaviour=auth0}, {@code --interval=5}, {@code --code-lifespan=300},
 * {@code --access-token-lifespan=300}, {@code --refresh-token-lifespan=3600} (seconds),
 * {@code --refresh-token-rotation=false}, {@code --service-name=device-authorization}, {@code --client=id:secret},
 * {@code --public-client=id},
 * {@code --require-pkce=true}, {@code --require-dpop=true}, {@code --dpop-nonces=true}. It prints one line: the issuer.
 */
public final class Main {

    private Main() {
    }

    /** Starts a server; exits with status 2 when an option is wrong, and with 1 when it can't listen. */
    public static void main(String... args) throws InterruptedException {
        System.setProperty("slf4j.internal.verbosity", "ERROR"); // jose4j logs nothing that matters here
        try (DeviceAuthorizationServer server = configure(args).start()) {
            System.out.println(server.issuer());
            System.out.flush();
            new CountDownLatch(1).await(); // until a signal ends the process
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        } catch (UncheckedIOException e) {
            System.err.println(e.getMessage() + " (" + e.getCause().getMessage() + "): --port=0 takes any free one");
            System.exit(1);
        }
    }

    static DeviceAuthorizationServer.Builder configure(String... args) {
        DeviceAuthorizationServer.Builder builder = DeviceAuthorizationServer.builder();
        for (String arg : args) {
            String[] option = arg.split("=", 2);
            if (option.length < 2) {
                throw new IllegalArgumentException("Options are written --name=value: " + arg);
            }
            configure(builder, option[0], option[1]);
        }
        return builder;
    }

    private static void configure(DeviceAuthorizationServer.Builder builder, String option, String value) {
        switch (option) {
            case "--port" -> builder.port(number(option, value));
            case "--behaviour" -> builder.behaviour(behaviour(value));
            case "--interval" -> builder.interval(Duration.ofSeconds(number(option, value)));
            case "--code-lifespan" -> builder.codeLifespan(Duration.ofSeconds(number(option, value)));
            case "--access-token-lifespan" -> builder.accessTokenLifespan(Duration.ofSeconds(number(option, value)));
            case "--refresh-token-lifespan" -> builder.refreshTokenLifespan(Duration.ofSeconds(number(option, value)));
            case "--refresh-token-rotation" -> builder.refreshTokenRotation(yesOrNo(option, value));
            case "--service-name" -> builder.serviceName(value);
            case "--public-client" -> builder.publicClient(value);
            case "--require-pkce" -> builder.requirePkce(yesOrNo(option, value));
            case "--require-dpop" -> builder.requireDpop(yesOrNo(option, value));
            case "--dpop-nonces" -> builder.dpopNonces(yesOrNo(option, value));
            case "--client" -> {
                String[] client = value.split(":", 2);
                if (client.length < 2) {
                    throw new IllegalArgumentException("--client is written id:secret");
                }
                builder.client(client[0], client[1]);
            }
            default -> throw new IllegalArgumentException("Unknown option " + option
                    + "; there are --port, --behaviour, --interval, --code-lifespan, --access-token-lifespan, "
                    + "--refresh-token-lifespan, --refresh-token-rotation, --service-name, --client, --public-client, --require-pkce, --require-dpop, --dpop-nonces");
        }
    }

    private static Behaviour behaviour(String value) {
        for (Behaviour behaviour : Behaviour.values()) {
            if (behaviour.name().equals(value.toUpperCase(Locale.ROOT))) {
                return behaviour;
            }
        }
        throw new IllegalArgumentException("--behaviour must be one of "
                + Stream.of(Behaviour.values()).map(one -> one.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "))
                + ": " + value);
    }

    private static boolean yesOrNo(String option, String value) {
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException(option + " must be true or false: " + value);
        }
        return value.equals("true");
    }

    private static int number(String option, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(option + " must be a number: " + value, e);
        }
    }
}
