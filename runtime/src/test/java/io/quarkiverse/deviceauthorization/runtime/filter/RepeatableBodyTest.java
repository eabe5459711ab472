package io.quarkiverse.deviceauthorization.runtime.filter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.core.Form;
import jakarta.ws.rs.core.GenericEntity;
import jakarta.ws.rs.core.StreamingOutput;

import org.jboss.resteasy.reactive.client.api.ClientMultipartForm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.smallrye.mutiny.Multi;
import io.vertx.core.buffer.Buffer;

@DisplayName("A body")
class RepeatableBodyTest {

    @Test
    @DisplayName("that isn't there can be sent again")
    void none() {
        assertThat(RepeatableBody.is(null)).isTrue();
    }

    static Stream<Object> repeatable() {
        return Stream.of("text", new byte[] { 1 }, List.of("one", "two"), new File("file"), Path.of("file"), Buffer.buffer(),
                new Form("name", "value"), new GenericEntity<>(List.of("one")) {
                }, ClientMultipartForm.create().attribute("name", "value", null)
                        .binaryFileUpload("file", "file", "file", "application/octet-stream")
                        .binaryFileUpload("memory", "file", Buffer.buffer("memory"), "application/octet-stream"));
    }

    @ParameterizedTest
    @MethodSource
    @DisplayName("that stays as it is can be sent again")
    void repeatable(Object body) {
        assertThat(RepeatableBody.is(Entity.text(body))).isTrue();
    }

    static Stream<Object> consumed() {
        return Stream.of(new ByteArrayInputStream(new byte[0]), new StringReader(""), Multi.createFrom().empty(),
                Stream.of("one"), List.of("one").iterator(), (StreamingOutput) output -> {
                }, new GenericEntity<>(Multi.createFrom().item("one")) {
                }, ClientMultipartForm.create().attribute("name", "value", null)
                        .multiAsBinaryFileUpload("file", "file", Multi.createFrom().empty(), "application/octet-stream"));
    }

    @ParameterizedTest
    @MethodSource
    @DisplayName("that is used up by sending it can't")
    void consumed(Object body) {
        assertThat(RepeatableBody.is(Entity.text(body))).isFalse();
    }
}
