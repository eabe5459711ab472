package io.quarkiverse.deviceauthorization.web.runtime;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.quarkiverse.deviceauthorization.ReactiveDeviceAuthorization;
import io.quarkiverse.deviceauthorization.filter.OwnerResolver;

/** The pages of the application, each made when it is first asked for. */
@Singleton
public class SignInPages {

    private final DeviceAuthorizationWebConfig config;
    private final Instance<ReactiveDeviceAuthorization> clients;
    private final Instance<OwnerResolver> owners;
    private final PageWriter writer;
    private final StartLimit limit;
    private final Map<String, SignInPage> pages = new ConcurrentHashMap<>();

    @Inject
    SignInPages(DeviceAuthorizationWebConfig config, @Any Instance<ReactiveDeviceAuthorization> clients,
            @Any Instance<OwnerResolver> owners) {
        this.config = config;
        this.clients = clients;
        this.owners = owners;
        this.writer = new PageWriter(config, Clock.systemUTC());
        this.limit = new StartLimit(config.maxStartsPerMinute(), System::nanoTime);
    }

    SignInPage page(String client, EventStreams streams) {
        return pages.computeIfAbsent(client, name -> new SignInPage(name, config, new Visitors(name, clients, owners), writer,
                limit, streams, Clock.systemUTC()));
    }
}
