package io.quarkiverse.deviceauthorization.web.runtime;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import io.quarkus.runtime.annotations.ConfigDocDefault;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How the sign-in page looks, and what it does. */
@ConfigMapping(prefix = "quarkus.device-authorization-web")
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface DeviceAuthorizationWebConfig {

    /** The heading of the page, and its title, as long as nobody is signed in. */
    @ConfigDocDefault("\"Sign in\", or \"Sign in to\" and the brand, in the language of the browser")
    Optional<String> title();

    /** The name of the product or the device that people sign in to. It stands in the heading, or above it. */
    Optional<String> brand();

    /**
     * A style sheet of the application, which is loaded after that of the page: the path of a file on the same server, such as
     * {@code /kiosk.css}.
     */
    Optional<String> stylesheet();

    /** The language of the page, such as {@code de}, for screens whose browser doesn't know what people speak. */
    @ConfigDocDefault("what the browser asks for, else English")
    Optional<String> locale();

    /**
     * Where people go on when they are signed in: a path on the same server, such as {@code /home}. The page has a link that
     * leads there, and follows it by itself when somebody has just approved.
     */
    Optional<String> successPath();

    /**
     * Whether opening the page starts a sign-in, for a kiosk that nobody can press a button at. Otherwise a person has to ask
     * for it (RFC 8628 §3.1). A sign-in that has ended is started again only by a person.
     */
    @WithDefault("false")
    boolean autoStart();

    /**
     * Whether the verification URI is a link. It is meant to be opened on another device, and on a kiosk a link leads away from
     * the page.
     */
    @WithDefault("false")
    boolean linkVerificationUri();

    /**
     * Who may show the page in a frame: {@code self}, and origins such as {@code https://www.example.com}. With other origins,
     * the cookie of the page is a partitioned one that is sent in frames, which wants HTTPS.
     */
    @ConfigDocDefault("nobody")
    Optional<List<String>> frameAncestors();

    /** The name of the cookie that tells the browser's sign-in. Applications that share a host name need different ones. */
    @WithDefault("device-authorization")
    String cookieName();

    /** How many sign-ins may be started on the pages of this node in one minute, by all browsers together. */
    @WithDefault("60")
    int maxStartsPerMinute();

    /**
     * How many pages this node tells at once what happens, by server-sent events. Further ones ask for it every few seconds.
     */
    @WithDefault("1000")
    int maxConnections();

    /** After which time without news something is sent to a page, so that nobody on the way takes the connection for dead. */
    @WithDefault("15S")
    Duration heartbeat();
}
