package io.quarkiverse.deviceauthorization.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.quarkiverse.deviceauthorization.runtime.logging.FlowMdc;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry.Leaving;
import io.quarkiverse.deviceauthorization.runtime.protocol.Telemetry.RefreshOutcome;
import io.quarkiverse.deviceauthorization.runtime.tracing.SpanNames;
import io.quarkiverse.deviceauthorization.store.StoredFlow.Status;

@DisplayName("The reference of traces and logs")
class TracesAndLogsTest {

    private static final Pattern ROW = Pattern.compile("^\\|((?:`[^`|]+`(?:, )?)+)(?: and the outcome)? \\|");
    private static final Page PAGE = Page.named("traces-and-logs.adoc");

    /** @return the names of spans, their events and attributes, and of MDC keys */
    static Stream<String> names() {
        return Stream.of(SpanNames.class, FlowMdc.class).flatMap(type -> Arrays.stream(type.getFields()))
                .filter(field -> Modifier.isStatic(field.getModifiers())).map(TracesAndLogsTest::value);
    }

    static Stream<String> outcomes() {
        return Stream.of(Arrays.stream(Status.values()).filter(status -> status != Status.PENDING),
                Arrays.stream(Leaving.values()).filter(reason -> reason != Leaving.ENDED),
                Arrays.stream(RefreshOutcome.values()))
                .flatMap(values -> values).map(value -> value.name().toLowerCase(Locale.ROOT));
    }

    private static String value(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return the names at the beginning of a row of some table */
    private static Set<String> listed() {
        return PAGE.lines().stream().map(ROW::matcher).filter(Matcher::find)
                .flatMap(row -> Arrays.stream(row.group(1).split(", "))).map(name -> name.replace("`", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @DisplayName("lists each span, event, attribute and MDC key")
    @MethodSource("names")
    void listsNames(String name) {
        assertThat(listed()).contains(name);
    }

    @ParameterizedTest
    @DisplayName("lists each outcome")
    @MethodSource("outcomes")
    void listsOutcomes(String outcome) {
        assertThat(listed()).contains(outcome);
    }

    @Test
    @DisplayName("lists nothing that there is not")
    void listsNoOthers() {
        List<String> known = Stream.of(names(), outcomes(), Stream.of("not_started")).flatMap(all -> all).toList();
        assertThat(listed()).isSubsetOf(known);
        assertThat(known).contains("device_authorization.flow", "error.type", "deviceAuthorization.flow", "handed_over");
    }
}
