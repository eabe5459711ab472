package io.quarkiverse.deviceauthorization.filter;

import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.TYPE;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import io.quarkiverse.deviceauthorization.AuthorizationRequiredException;
import io.quarkiverse.deviceauthorization.DeviceAuthorizationName;

/**
 * Sends the tokens of a client with the calls of a REST client, or of one of its methods:
 *
 * <pre>
 * &#64;RegisterRestClient(configKey = "yoto")
 * &#64;DeviceAuthorizationFilter("yoto")
 * public interface YotoApi {
 *
 *     &#64;GET
 *     &#64;Path("/card/mine")
 *     List&lt;Card&gt; cards();
 * }
 * </pre>
 *
 * The annotation of a method goes before that of its type. An {@code Authorization} header that the application sets by itself
 * goes before both.
 * <p>
 * Tokens that have expired are refreshed first, without blocking. When the resource refuses them with HTTP status 401, they are
 * refreshed and the call is repeated, once, unless its body is a stream. Tokens that are bound to a key go with a proof
 * (RFC 9449 §7), and with the nonce that the resource wants (§9). When a person has to sign in, the call fails with an
 * {@link AuthorizationRequiredException}; what else goes wrong while tokens are obtained reaches the caller as well.
 *
 * @see Owner
 * @see OwnerResolver
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ TYPE, METHOD })
public @interface DeviceAuthorizationFilter {

    /** @return the name of the client whose tokens are sent */
    String value() default DeviceAuthorizationName.DEFAULT;
}
