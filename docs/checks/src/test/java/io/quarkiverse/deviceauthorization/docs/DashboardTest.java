package io.quarkiverse.deviceauthorization.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** What Grafana wants of a dashboard, as far as it doesn't tell when one is imported. {@link MetersTest} reads the queries. */
@DisplayName("The dashboard for Grafana")
class DashboardTest {

    private static final int COLUMNS = 24;

    /**
     * What Grafana 11 writes. Later versions read it and make it their own; earlier ones may not know what is in a later one.
     */
    private static final int SCHEMA = 39;

    private static final Set<String> KINDS = Set.of("row", "stat", "timeseries");

    private final JsonObject dashboard = new JsonObject(
            Project.read(Project.MODULE.resolve("attachments/grafana-dashboard.json")));

    private List<JsonObject> panels() {
        return objects(dashboard.getJsonArray("panels"));
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }

    @Test
    @DisplayName("takes the place of an earlier one when it is imported, and of no other")
    void identity() {
        assertThat(dashboard.getString("uid")).matches("[a-zA-Z0-9_-]{1,40}");
        assertThat(dashboard.getString("title")).isNotBlank();
        assertThat(dashboard.getInteger("schemaVersion")).isEqualTo(SCHEMA);
        assertThat(dashboard.containsKey("id")).as("id, which is that of one Grafana").isFalse();
    }

    @Test
    @DisplayName("asks for a data source of Prometheus before anything needs it, and names none of somebody's own")
    void dataSource() {
        List<JsonObject> variables = objects(dashboard.getJsonObject("templating").getJsonArray("list"));
        assertThat(variables.get(0).getString("name")).isEqualTo("datasource");
        assertThat(variables.get(0).getString("type")).isEqualTo("datasource");
        assertThat(variables.get(0).getString("query")).isEqualTo("prometheus");
        assertThat(variables).extracting(variable -> variable.getString("name")).doesNotHaveDuplicates();
        variables.stream().skip(1).forEach(DashboardTest::isFromVariable);
        panels().stream().filter(panel -> !isRow(panel)).forEach(panel -> {
            isFromVariable(panel);
            objects(panel.getJsonArray("targets")).forEach(DashboardTest::isFromVariable);
        });
    }

    private static void isFromVariable(JsonObject part) {
        assertThat(part.getJsonObject("datasource")).as("data source of %s", part.encode())
                .isEqualTo(new JsonObject().put("type", "prometheus").put("uid", "${datasource}"));
    }

    private static boolean isRow(JsonObject panel) {
        return panel.getString("type").equals("row");
    }

    @Test
    @DisplayName("has panels of kinds that Grafana has, each with a number, a title, and queries of its own")
    void panelsAreWhole() {
        assertThat(panels()).extracting(panel -> panel.getInteger("id")).doesNotHaveDuplicates().allMatch(id -> id > 0);
        assertThat(panels()).allSatisfy(panel -> {
            assertThat(panel.getString("type")).isIn(KINDS);
            assertThat(panel.getString("title")).isNotBlank();
        });
        assertThat(panels()).filteredOn(panel -> !isRow(panel)).hasSizeGreaterThan(10).allSatisfy(panel -> {
            List<JsonObject> targets = objects(panel.getJsonArray("targets"));
            assertThat(targets).isNotEmpty().extracting(target -> target.getString("refId")).doesNotContainNull()
                    .doesNotHaveDuplicates();
            assertThat(targets).allSatisfy(target -> assertThat(target.getString("expr")).contains("client=~\"$client\""));
        });
    }

    @Test
    @DisplayName("has each panel in a place of its own, within the width of the page")
    void places() {
        Set<String> taken = new HashSet<>();
        for (JsonObject panel : panels()) {
            JsonObject place = panel.getJsonObject("gridPos");
            int x = place.getInteger("x");
            int y = place.getInteger("y");
            int width = place.getInteger("w");
            int height = place.getInteger("h");
            assertThat(List.of(x, y)).as("place of %s", panel.getString("title")).allMatch(start -> start >= 0);
            assertThat(List.of(width, height)).as("size of %s", panel.getString("title")).allMatch(size -> size > 0);
            assertThat(x + width).as("right edge of %s", panel.getString("title")).isLessThanOrEqualTo(COLUMNS);
            IntStream.range(y, y + height).forEach(line -> IntStream.range(x, x + width).forEach(column -> assertThat(
                    taken.add(column + "," + line)).as("%s is where nothing else is", panel.getString("title")).isTrue()));
        }
    }
}
