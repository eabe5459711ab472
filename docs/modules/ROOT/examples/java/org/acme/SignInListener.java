package org.acme;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.jboss.logging.Logger;

import io.quarkiverse.deviceauthorization.event.Approved;
import io.quarkiverse.deviceauthorization.event.Denied;
import io.quarkiverse.deviceauthorization.event.Expired;

// tag::listener[]
@ApplicationScoped
public class SignInListener {

    private static final Logger LOG = Logger.getLogger(SignInListener.class);

    void approved(@Observes Approved event) {
        LOG.infof("%s is signed in", event.owner());
    }

    void denied(@Observes Denied event) {
        LOG.infof("Somebody said no to %s", event.owner());
    }

    void expired(@Observes Expired event) {
        LOG.infof("Nobody came for %s", event.owner());
    }
}
// end::listener[]
