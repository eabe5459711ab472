package io.quarkiverse.deviceauthorization.devserver;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All device flows of the server. */
final class DeviceFlows {

    /** An expired device code is known for this long: {@code expired_token}, and {@code invalid_grant} from then on. */
    private static final Duration REMEMBERED = Duration.ofHours(1);

    private final Settings settings;
    private final Codes codes;
    private final Map<String, DeviceFlow> byDeviceCode = new LinkedHashMap<>();
    private final Map<String, DeviceFlow> byUserCode = new LinkedHashMap<>();

    DeviceFlows(Settings settings, Codes codes) {
        this.settings = settings;
        this.codes = codes;
    }

    synchronized DeviceFlow start(DeviceRequest request) {
        Instant now = settings.clock().instant();
        forgetOld(now);
        String userCode = codes.userCode();
        while (byUserCode.containsKey(Codes.normalize(userCode))) {
            userCode = codes.userCode();
        }
        DeviceFlow flow = new DeviceFlow(codes.opaque(), userCode, request, now, settings);
        byDeviceCode.put(flow.deviceCode, flow);
        byUserCode.put(Codes.normalize(userCode), flow);
        return flow;
    }

    /** Oldest first, and all have the same lifespan: so this looks at no more than it forgets. */
    private void forgetOld(Instant now) {
        var oldest = byDeviceCode.values().iterator();
        while (oldest.hasNext()) {
            DeviceFlow flow = oldest.next();
            if (!flow.expired(now.minus(REMEMBERED))) {
                return;
            }
            oldest.remove();
            byUserCode.remove(Codes.normalize(flow.userCode));
        }
    }

    synchronized Optional<DeviceFlow> byDeviceCode(String deviceCode) {
        return Optional.ofNullable(byDeviceCode.get(deviceCode));
    }

    /** The flow of a user code as typed. */
    synchronized Optional<DeviceFlow> byUserCode(String typed) {
        return Optional.ofNullable(byUserCode.get(Codes.normalize(typed)));
    }

    synchronized List<DeviceFlow> all() {
        return List.copyOf(byDeviceCode.values());
    }

    List<DeviceFlow> pending() {
        Instant now = settings.clock().instant();
        return all().stream().filter(flow -> flow.pending(now)).toList();
    }

    synchronized void forgetAll() {
        byDeviceCode.clear();
        byUserCode.clear();
    }
}
