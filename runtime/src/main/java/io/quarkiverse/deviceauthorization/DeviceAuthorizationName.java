package io.quarkiverse.deviceauthorization;

import static java.lang.annotation.ElementType.FIELD;
import static java.lang.annotation.ElementType.METHOD;
import static java.lang.annotation.ElementType.PARAMETER;
import static java.lang.annotation.ElementType.TYPE;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.enterprise.util.AnnotationLiteral;
import jakarta.inject.Qualifier;

/**
 * Selects a named client, the one that is configured under {@code quarkus.device-authorization."name".*}:
 *
 * <pre>{@code
 * @Inject
 * @DeviceAuthorizationName("yoto")
 * DeviceAuthorization yoto;
 * }</pre>
 */
@Qualifier
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ METHOD, FIELD, PARAMETER, TYPE })
public @interface DeviceAuthorizationName {

    /** The name by which the default client goes in events, health data and messages. */
    String DEFAULT = "<default>";

    /** @return the name of the client */
    String value();

    /** Creates the qualifier in code, for example for {@code Instance.select}. */
    final class Literal extends AnnotationLiteral<DeviceAuthorizationName> implements DeviceAuthorizationName {

        private static final long serialVersionUID = 1L;

        private final String value;

        private Literal(String value) {
            this.value = value;
        }

        /**
         * @param value the name of the client
         * @return the qualifier
         */
        public static Literal of(String value) {
            return new Literal(value);
        }

        @Override
        public String value() {
            return value;
        }
    }
}
