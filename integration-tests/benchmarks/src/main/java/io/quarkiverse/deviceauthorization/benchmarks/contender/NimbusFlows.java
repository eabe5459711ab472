package io.quarkiverse.deviceauthorization.benchmarks.contender;

import java.util.concurrent.Executor;

import com.nimbusds.oauth2.sdk.device.DeviceAuthorizationSuccessResponse;
import com.nimbusds.oauth2.sdk.device.DeviceCode;

import io.smallrye.mutiny.Uni;

/** A thread for each flow, which sleeps between its polls. */
final class NimbusFlows implements PendingFlows {

    private final Nimbus nimbus;
    private final Executor threads;
    private volatile int generation;

    NimbusFlows(Nimbus nimbus, Executor threads) {
        this.nimbus = nimbus;
        this.threads = threads;
    }

    @Override
    public Uni<Void> begin() {
        return Uni.createFrom().emitter(begun -> threads.execute(() -> {
            int mine = generation;
            try {
                DeviceAuthorizationSuccessResponse codes = nimbus.codes();
                begun.complete(null);
                goOn(codes.getDeviceCode(), codes.getInterval(), mine);
            } catch (Exception e) {
                begun.fail(e);
                System.err.println("A flow has ended: " + e);
            }
        }));
    }

    private void goOn(DeviceCode code, long interval, int mine) throws Exception {
        while (mine == generation) {
            Thread.sleep(1000 * interval);
            if (mine == generation) {
                nimbus.poll(code);
            }
        }
    }

    @Override
    public void end() {
        generation++;
    }
}
