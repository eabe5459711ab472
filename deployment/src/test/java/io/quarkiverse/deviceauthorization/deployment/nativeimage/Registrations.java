package io.quarkiverse.deviceauthorization.deployment.nativeimage;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.quarkus.builder.BuildChainBuilder;
import io.quarkus.builder.BuildContext;
import io.quarkus.builder.BuildStep;
import io.quarkus.deployment.builditem.ExtensionSslNativeSupportBuildItem;
import io.quarkus.deployment.builditem.SystemPropertyBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageProxyDefinitionBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageResourcePatternsBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveClassBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveHierarchyBuildItem;
import io.quarkus.deployment.builditem.nativeimage.ReflectiveMethodBuildItem;

/**
 * Tells a test what would be registered for a native executable. The build and the test share no classes, so it is told by a
 * system property for each kind.
 */
public final class Registrations implements Consumer<BuildChainBuilder>, BuildStep {

    private static final String PREFIX = Registrations.class.getName() + ".";
    private static final String SEPARATOR = "\n";

    public static final String REFLECTION = "reflection";
    public static final String PROXIES = "proxies";
    public static final String RESOURCES = "resources";
    public static final String TLS = "tls";

    /** @return what a build has registered of a kind, each one once, in order */
    public static List<String> of(String kind) {
        return System.getProperty(PREFIX + kind).lines().filter(line -> !line.isEmpty()).toList();
    }

    @Override
    public void accept(BuildChainBuilder builder) {
        builder.addBuildStep(this).consumes(ReflectiveClassBuildItem.class).consumes(ReflectiveMethodBuildItem.class)
                .consumes(ReflectiveHierarchyBuildItem.class).consumes(NativeImageProxyDefinitionBuildItem.class)
                .consumes(NativeImageResourcePatternsBuildItem.class).consumes(ExtensionSslNativeSupportBuildItem.class)
                .produces(SystemPropertyBuildItem.class).build();
    }

    @Override
    public void execute(BuildContext context) {
        tell(context, REFLECTION, Stream.of(
                context.consumeMulti(ReflectiveClassBuildItem.class).stream()
                        .flatMap(item -> item.getClassNames().stream().map(name -> name + parts(item))),
                context.consumeMulti(ReflectiveMethodBuildItem.class).stream()
                        .map(item -> item.getDeclaringClass() + "." + item.getName()),
                context.consumeMulti(ReflectiveHierarchyBuildItem.class).stream()
                        .map(item -> item.getType() + " and its members"))
                .flatMap(names -> names));
        tell(context, PROXIES, context.consumeMulti(NativeImageProxyDefinitionBuildItem.class).stream()
                .flatMap(item -> item.getClasses().stream()));
        tell(context, RESOURCES, context.consumeMulti(NativeImageResourcePatternsBuildItem.class).stream()
                .flatMap(item -> item.getIncludePatterns().stream()));
        tell(context, TLS, context.consumeMulti(ExtensionSslNativeSupportBuildItem.class).stream()
                .map(ExtensionSslNativeSupportBuildItem::getExtension));
    }

    private static String parts(ReflectiveClassBuildItem item) {
        return Arrays.asList(item.isConstructors() ? "constructors" : "", item.isMethods() ? "methods" : "",
                item.isFields() ? "fields" : "").stream().filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", ", " (", ")"));
    }

    private static void tell(BuildContext context, String kind, Stream<String> names) {
        context.produce(new SystemPropertyBuildItem(PREFIX + kind,
                names.distinct().sorted().collect(Collectors.joining(SEPARATOR))));
    }
}
