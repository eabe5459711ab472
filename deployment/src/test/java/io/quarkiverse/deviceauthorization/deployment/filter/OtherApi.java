package io.quarkiverse.deviceauthorization.deployment.filter;

import jakarta.enterprise.inject.Typed;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.deviceauthorization.DeviceAuthorization;
import io.vertx.core.Vertx;

/** A resource at another origin. */
@Singleton
@Typed(OtherApi.class)
public class OtherApi extends Api {

    @Inject
    OtherApi(DeviceAuthorization client, Vertx vertx) throws Exception {
        super(client, vertx);
    }

    @Override
    void reset() {
        super.reset();
        answer((call, response) -> response.end("other"));
    }
}
