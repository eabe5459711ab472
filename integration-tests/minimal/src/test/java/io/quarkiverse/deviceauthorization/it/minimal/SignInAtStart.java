package io.quarkiverse.deviceauthorization.it.minimal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;

import org.jboss.logging.Logger;

import io.quarkus.arc.Arc;
import io.quarkus.runtime.StartupEvent;

/** Says in the log what the application is made of, and that somebody could sign in. */
@ApplicationScoped
public class SignInAtStart {

    private static final Logger LOG = Logger.getLogger(SignInAtStart.class);

    void start(@Observes StartupEvent event, Kiosk kiosk) {
        LOG.infof("Beans of the Dev UI: %s", Arc.container().beanManager().getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .filter(bean -> bean.getBeanClass().getName().contains(".deviceauthorization.runtime.dev.")).count());
        LOG.infof("Somebody could sign in at %s", kiosk.start().verificationUri());
    }
}
