package io.quarkiverse.deviceauthorization.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
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

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheus.PrometheusConfig;
import io.micrometer.prometheus.PrometheusMeterRegistry;
import io.quarkiverse.deviceauthorization.runtime.metrics.MicrometerTelemetry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

@DisplayName("Meters")
class MetersTest {

    private static final Pattern SERIES = Pattern.compile("(device_authorization_\\w+)(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)(?:=~|!=|=)\"([^\"]*)\"");
    private static final Pattern GROUPING = Pattern.compile("\\b(?:by|without) \\(([^)]*)\\)");
    private static final String ANY_CLIENT = "$client";

    /** What Prometheus sees of one client. */
    private static final String SCRAPED = scraped();

    static Stream<String> names() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new MicrometerTelemetry(registry).client("tv", () -> 0);
        return registry.getMeters().stream().map(Meter::getId).filter(id -> id.syntheticAssociation() == null)
                .map(Meter.Id::getName).distinct().sorted();
    }

    static Stream<String> queries() {
        List<String> queries = new ArrayList<>();
        collect(dashboard(), queries);
        Page.named("metrics.adoc").lines().stream().map(line -> line.replaceAll("^\\|`(.*)`$", "$1"))
                .filter(line -> line.startsWith("sum ")).forEach(queries::add);
        return queries.stream();
    }

    @ParameterizedTest
    @DisplayName("are in the reference, by both of their names, with all their tags and what these can be")
    @MethodSource("names")
    void areInTheReference(String name) {
        String row = row(name);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        new MicrometerTelemetry(registry).client("tv", () -> 0);
        for (Meter meter : registry.get(name).meters()) {
            assertThat(row).contains("\n|" + meter.getId().getType().name().toLowerCase(Locale.ROOT) + "\n");
            for (Tag tag : meter.getId().getTags()) {
                assertThat(row).contains("`" + tag.getKey() + "`");
                assertThat(tag.getKey().equals("client") || row.contains("`" + tag.getValue() + "`"))
                        .as("%s of %s is in the reference", tag, name).isTrue();
            }
        }
        Matcher prometheus = SERIES.matcher(row);
        assertThat(prometheus.find()).isTrue();
        assertThat(SCRAPED.lines()).anyMatch(line -> line.matches(prometheus.group(1) + "(_count)?\\{.*"));
    }

    @Test
    @DisplayName("that the reference lists are there")
    void referenceIsNotAhead() {
        Set<String> listed = Page.named("metrics.adoc").lines().stream()
                .filter(line -> line.startsWith("|`device.authorization.")).map(line -> line.split("`")[1])
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(names()).containsExactlyElementsOf(listed);
    }

    @ParameterizedTest
    @DisplayName("are what queries of the dashboard and of the page ask for")
    @MethodSource("queries")
    void queriesFindSomething(String query) {
        Set<String> labels = new LinkedHashSet<>();
        Matcher series = SERIES.matcher(query);
        while (series.find()) {
            String name = series.group(1);
            List<String> lines = SCRAPED.lines().filter(line -> line.startsWith(name + "{")).toList();
            assertThat(lines).as("series %s", name).isNotEmpty();
            lines.forEach(line -> labels.addAll(found(MATCHER, line)));
            Matcher matcher = MATCHER.matcher(series.group(2) == null ? "" : series.group(2));
            while (matcher.find()) {
                String label = matcher.group(1);
                String value = matcher.group(2);
                assertThat(lines).as("%s of %s", label, name).anyMatch(line -> line.contains(
                        value.equals(ANY_CLIENT) ? label + "=\"" : label + "=\"" + value + "\""));
            }
        }
        assertThat(labels).as("labels in %s", query).isNotEmpty();
        Matcher grouping = GROUPING.matcher(query);
        while (grouping.find()) {
            assertThat(labels).contains(grouping.group(1).split(", *"));
        }
    }

    @Test
    @DisplayName("are each shown by the dashboard")
    void dashboardShowsAll() {
        List<String> onDashboard = new ArrayList<>();
        collect(dashboard(), onDashboard);
        assertThat(onDashboard).hasSizeGreaterThan(10);
        names().forEach(name -> assertThat(onDashboard).as("queries about %s", name)
                .anyMatch(query -> query.contains(name.replace('.', '_'))));
    }

    private static JsonObject dashboard() {
        return new JsonObject(Project.read(Project.MODULE.resolve("attachments/grafana-dashboard.json")));
    }

    private static void collect(Object json, List<String> queries) {
        if (json instanceof JsonObject object) {
            object.forEach(member -> {
                if (Set.of("expr", "definition").contains(member.getKey())) {
                    queries.add((String) member.getValue());
                } else {
                    collect(member.getValue(), queries);
                }
            });
        } else if (json instanceof JsonArray array) {
            array.forEach(element -> collect(element, queries));
        }
    }

    private static String scraped() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new MicrometerTelemetry(registry).client("tv", () -> 0);
        return registry.scrape();
    }

    /** @return the row of the table: its lines up to an empty one */
    private static String row(String name) {
        List<String> lines = Page.named("metrics.adoc").lines();
        int begin = lines.indexOf("|`" + name + "` +");
        assertThat(begin).as("row of %s in metrics.adoc", name).isPositive();
        return lines.stream().skip(begin).takeWhile(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }

    private static Set<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1)).collect(Collectors.toSet());
    }
}
