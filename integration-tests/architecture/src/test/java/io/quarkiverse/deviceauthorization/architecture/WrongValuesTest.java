package io.quarkiverse.deviceauthorization.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.eclipse.microprofile.config.spi.ConfigProviderResolver;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.deviceauthorization.deployment.KeysOfExtension;
import io.quarkiverse.deviceauthorization.redis.runtime.DeviceAuthorizationRedisConfig;
import io.quarkiverse.deviceauthorization.redis.runtime.DeviceAuthorizationRedisRecorder;
import io.quarkiverse.deviceauthorization.runtime.DeviceAuthorizationRecorder;
import io.quarkiverse.deviceauthorization.runtime.config.ConfigProblem;
import io.quarkiverse.deviceauthorization.runtime.config.DeviceAuthorizationRuntimeConfig;
import io.quarkiverse.deviceauthorization.runtime.config.WrittenKeys;
import io.quarkiverse.deviceauthorization.web.runtime.DeviceAuthorizationWebConfig;
import io.quarkiverse.deviceauthorization.web.runtime.DeviceAuthorizationWebFixedConfig;
import io.quarkiverse.deviceauthorization.web.runtime.DeviceAuthorizationWebRecorder;
import io.quarkiverse.deviceauthorization.web.runtime.WebConfigCheck;
import io.quarkus.runtime.RuntimeValue;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/** What an application does with its configuration when it is built and when it starts, without an application. */
@DisplayName("Each key of the configuration that has a wrong value")
class WrongValuesTest {

    private static final String PREFIX = "quarkus.device-authorization.";
    private static final String REDIS = "quarkus.device-authorization-redis.";
    private static final String WEB = "quarkus.device-authorization-web.";

    /** Neither a text without white space around it, nor a number, a URL, a path, a scope, or anything else that is right. */
    private static final String WRONG = " ? ?\t";

    /** The keys that no value of is wrong, each with the reason. */
    private static final Map<String, String> ANY_TEXT = Map.of(
            PREFIX + "extra-params.some", "what a parameter can be is for the provider to say",
            PREFIX + "tv.extra-params.some", "so it is here",
            PREFIX + "health.group", "a health group has any name, and is there as soon as a check is in it",
            PREFIX + "devservices.service-name", "applications share a server by a name of their choice",
            PREFIX + "devservices.users.some.claims.some", "a claim can be any text",
            REDIS + "health.group", "as above",
            REDIS + "client-name", "Quarkus misses the hosts of a Redis client that there is not, as MissingHostsTest shows");

    static Stream<String> keys() {
        return all().filter(key -> !ANY_TEXT.containsKey(key));
    }

    private static Stream<String> all() {
        return ConfigModel.extensions().stream().flatMap(extension -> Stream.concat(extension.others().stream(),
                extension.ofClients().stream().flatMap(member -> Stream.of(member, "tv." + member)))
                .map(ConfigModel::withNames).map(extension.prefix()::concat));
    }

    /** Those of the Dev Service are judged when it starts, as ServerSettingsTest shows. */
    static Stream<String> numbers() {
        return ConfigModel.belowZero().keySet().stream().filter(key -> !key.startsWith(PREFIX + "devservices."));
    }

    @ParameterizedTest
    @MethodSource("keys")
    @DisplayName("is told by its name, at the build or at the start")
    void wrong(String key) {
        assertThat(problems(key, WRONG)).anyMatch(about(key));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    @DisplayName("less than zero is told by its name, at the build or at the start")
    void belowZero(String key) {
        assertThat(problems(key, ConfigModel.belowZero().get(key))).anyMatch(about(key));
    }

    @Test
    @DisplayName("is known to have wrong ones, but for a few that can have any")
    void anyText() {
        assertThat(all()).hasSizeGreaterThan(100).containsAll(ANY_TEXT.keySet());
        ANY_TEXT.forEach((key, reason) -> assertThat(problems(key, WRONG)).as("%s: %s", key, reason).noneMatch(about(key)));
    }

    private static Predicate<String> about(String key) {
        return Pattern.compile(Pattern.quote(key) + " ").asPredicate();
    }

    /** What the interfaces don't take, Quarkus tells; the checks go on from there. */
    private static List<String> problems(String key, String value) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().addDefaultInterceptors().addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(Map.of(key, value), "test", 100));
        ConfigModel.mappings().forEach(builder::withMapping);
        try {
            return checked(builder.build());
        } catch (ConfigValidationException e) {
            return List.of(e.getMessage());
        }
    }

    private static List<String> checked(SmallRyeConfig config) {
        List<String> problems = new ArrayList<>();
        WebConfigCheck.wrong(config.getConfigMapping(DeviceAuthorizationWebFixedConfig.class)).stream()
                .map(ConfigProblem::text).forEach(problems::add);
        for (KeysOfExtension extension : ConfigModel.extensions()) {
            WrittenKeys.of(config, extension.prefix()).wrongFlags(extension.flags().stream().map(extension.prefix()::concat)
                    .toList()).stream().map(ConfigProblem::text).forEach(problems::add);
        }
        atStart(config, problems);
        return problems;
    }

    private static void atStart(SmallRyeConfig config, List<String> problems) {
        DeviceAuthorizationRecorder recorder = new DeviceAuthorizationRecorder(
                value(config, DeviceAuthorizationRuntimeConfig.class));
        KeysOfExtension keys = ConfigModel.extension(PREFIX);
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        ClassLoader application = new ClassLoader(before) {
        };
        ConfigProviderResolver.instance().registerConfig(config, application);
        Thread.currentThread().setContextClassLoader(application);
        try {
            check(problems,
                    () -> recorder.check(recorder.startupCheck(), List.of(), List.of(), keys.ofClients(), keys.others()));
            check(problems, () -> new DeviceAuthorizationRedisRecorder(value(config, DeviceAuthorizationRedisConfig.class))
                    .check(ConfigModel.extension(REDIS).others()));
            check(problems, () -> new DeviceAuthorizationWebRecorder(value(config, DeviceAuthorizationWebConfig.class))
                    .check(ConfigModel.extension(WEB).others()));
        } finally {
            Thread.currentThread().setContextClassLoader(before);
            ConfigProviderResolver.instance().releaseConfig(config);
        }
    }

    private static <T> RuntimeValue<T> value(SmallRyeConfig config, Class<T> mapping) {
        return new RuntimeValue<>(config.getConfigMapping(mapping));
    }

    private static void check(List<String> problems, Runnable check) {
        try {
            check.run();
        } catch (ConfigValidationException e) {
            problems.add(e.getMessage());
        }
    }
}
