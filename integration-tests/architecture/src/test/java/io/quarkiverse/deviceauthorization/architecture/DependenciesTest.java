package io.quarkiverse.deviceauthorization.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * What these bring with them is in the SBOM; {@code .ci/Licences.java} checks their licences, and the strict build their
 * versions.
 */
@DisplayName("An application that uses the extension gets")
class DependenciesTest {

    private static final Path PROJECT = Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("../..");

    @Test
    @DisplayName("extensions of Quarkus, what draws QR codes, and nothing else with it")
    void runtime() throws Exception {
        assertThat(dependencies("runtime")).containsExactly(
                "io.nayuki:qrcodegen",
                "io.quarkus:quarkus-arc",
                "io.quarkus:quarkus-credentials",
                "io.quarkus:quarkus-devservices",
                "io.quarkus:quarkus-rest-client-jackson",
                "io.quarkus:quarkus-smallrye-jwt-build");
    }

    @Test
    @DisplayName("one more extension of Quarkus with the sign-in page, and one with the store in Redis")
    void others() throws Exception {
        assertThat(dependencies("web/runtime")).containsExactly(
                "io.quarkiverse.deviceauthorization:quarkus-device-authorization", "io.quarkus:quarkus-vertx-http");
        assertThat(dependencies("redis/runtime")).containsExactly(
                "io.quarkiverse.deviceauthorization:quarkus-device-authorization", "io.quarkus:quarkus-redis-client");
    }

    @Test
    @DisplayName("Jackson and jose4j, which the extension has as well, with the development server")
    void devServer() throws Exception {
        assertThat(dependencies("dev-server")).containsExactly("com.fasterxml.jackson.core:jackson-databind",
                "org.bitbucket.b_c:jose4j");
    }

    @Test
    @DisplayName("no version that a module chooses by itself")
    void versions() throws Exception {
        for (String module : new String[] { "runtime", "web/runtime", "redis/runtime", "runtime-dev", "dev-server" }) {
            assertThat(declared(module).filter(dependency -> !text(dependency, "version").isEmpty())).as(module).isEmpty();
        }
    }

    /** @return what an application gets that names the module: neither what tests need, nor what it may have besides */
    private static Set<String> dependencies(String module) throws Exception {
        Set<String> names = new TreeSet<>();
        declared(module).filter(dependency -> !text(dependency, "scope").equals("test")
                && !text(dependency, "optional").equals("true"))
                .map(dependency -> text(dependency, "groupId") + ":" + text(dependency, "artifactId")).forEach(names::add);
        return names;
    }

    private static Stream<Element> declared(String module) throws Exception {
        Element pom = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(PROJECT.resolve(module).resolve("pom.xml").toFile()).getDocumentElement();
        return children(pom, "dependencies").flatMap(list -> children(list, "dependency"));
    }

    private static String text(Element parent, String name) {
        return children(parent, name).map(Node::getTextContent).map(String::strip).findFirst().orElse("");
    }

    private static Stream<Element> children(Element parent, String name) {
        NodeList nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength()).mapToObj(nodes::item).filter(node -> node.getNodeName().equals(name))
                .map(Element.class::cast);
    }
}
