package io.quarkiverse.deviceauthorization.filter;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The parameter of a REST client's method that names the owner of the tokens to send. What else the parameter is doesn't
 * matter:
 *
 * <pre>{@code
 * @GET
 * @Path("/card/mine")
 * List<Card> cards(@Owner @NotBody String owner);
 * }</pre>
 *
 * With {@code io.quarkus.rest.client.reactive.NotBody} it is not sent; with a {@code @HeaderParam} or another annotation of
 * Jakarta REST it is sent as well. Its text is the owner. It goes before an {@link OwnerResolver}. A call with {@code null}
 * or an empty {@code Optional} fails, since it is nobody's.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.PARAMETER)
public @interface Owner {
}
