package io.quarkiverse.deviceauthorization.runtime.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;

import org.jboss.logging.MDC;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.formatters.JsonFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

@DisplayName("While something is logged about a flow, the MDC says which")
class FlowMdcTest {

    private final List<Object> seen = new ArrayList<>();

    private void look() {
        seen.add(MDC.get("deviceAuthorization.client"));
        seen.add(MDC.get("deviceAuthorization.flow"));
    }

    @AfterEach
    void tidyUp() {
        MDC.clear();
    }

    @Test
    @DisplayName("and not afterwards")
    void notAfterwards() {
        FlowMdc.run("tv", "flow-1", this::look);
        look();
        assertThat(seen).containsExactly("tv", "flow-1", null, null);
    }

    @Test
    @DisplayName("and not after it failed")
    void notAfterAFailure() {
        assertThatThrownBy(() -> FlowMdc.run("tv", "flow-1", () -> {
            throw new IllegalStateException("It failed");
        })).hasMessage("It failed");
        look();
        assertThat(seen).containsExactly(null, null);
    }

    @Test
    @DisplayName("and says what it said before again afterwards")
    void oneWithinTheOther() {
        FlowMdc.run("tv", "flow-1", () -> {
            FlowMdc.run("radio", "flow-2", this::look);
            look();
        });
        assertThat(seen).containsExactly("radio", "flow-2", "tv", "flow-1");
    }

    @Test
    @DisplayName("as members of mdc where the log is written as JSON, by what quarkus-logging-json builds on")
    void asJson() throws JsonProcessingException {
        ExtLogRecord entry = new ExtLogRecord(Level.WARN, "The store is away", FlowMdcTest.class.getName());
        FlowMdc.run("tv", "flow-1", entry::copyMdc);

        JsonNode json = new ObjectMapper().readTree(new JsonFormatter().format(entry));
        assertThat(json.get("message").asText()).isEqualTo("The store is away");
        assertThat(json.get("mdc").properties()).extracting(member -> member.getKey() + "=" + member.getValue().asText())
                .containsExactlyInAnyOrder("deviceAuthorization.client=tv", "deviceAuthorization.flow=flow-1");
    }

    @Test
    @DisplayName("beside what else it says")
    void besideOthers() {
        MDC.put("traceId", "trace-1");
        FlowMdc.run("tv", "flow-1", () -> seen.add(MDC.get("traceId")));
        assertThat(seen).containsExactly("trace-1");
        assertThat(MDC.get("traceId")).isEqualTo("trace-1");
    }
}
