import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/**
 * Lists the licences of what the published modules bring with them, and fails when something has none that is allowed here:
 * {@code java .ci/Licences.java}, after {@code mvn package -Psbom -DskipTests -DperformRelease=true}.
 */
public class Licences {

    /**
     * Names of SPDX. None of them asks anything of an application but to keep notices, and to publish changes of that library.
     */
    private static final Set<String> ALLOWED = Set.of("Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "EPL-1.0",
            "EPL-2.0", "GPL-2.0-with-classpath-exception", "MIT", "MIT-0", "UPL-1.0");

    public static void main(String... arguments) throws Exception {
        List<Path> lists = lists(Path.of(""));
        Map<String, Set<String>> byLicence = new TreeMap<>();
        Set<String> refused = new TreeSet<>();
        for (Path list : lists) {
            Element bom = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(list.toFile()).getDocumentElement();
            for (Element components : children(bom, "components")) {
                for (Element component : children(components, "component")) {
                    String name = text(component, "group") + ":" + text(component, "name") + ":" + text(component, "version");
                    Set<String> licences = licences(component);
                    byLicence.computeIfAbsent(String.join(" or ", licences), key -> new TreeSet<>()).add(name);
                    if (licences.stream().noneMatch(ALLOWED::contains)) {
                        refused.add(name + " has " + (licences.isEmpty() ? "no licence" : licences));
                    }
                }
            }
        }
        byLicence.forEach((licence, components) -> System.out.printf("%4d  %s%n", components.size(), licence));
        if (lists.isEmpty()) {
            refused.add("There is no list of components: mvn package -Psbom -DskipTests -DperformRelease=true");
        }
        refused.forEach(System.err::println);
        System.exit(refused.isEmpty() ? 0 : 1);
    }

    private static List<Path> lists(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root, 4)) {
            return all.filter(path -> path.endsWith(Path.of("target", "bom.xml"))).sorted().toList();
        }
    }

    /** @return the licences of a component, of which whoever uses it may choose one */
    private static Set<String> licences(Element component) {
        Set<String> found = new TreeSet<>();
        for (Element licences : children(component, "licenses")) {
            for (Element licence : children(licences, "license")) {
                found.add(text(licence, "id").isEmpty() ? text(licence, "name") : text(licence, "id"));
            }
            for (Element expression : children(licences, "expression")) {
                found.addAll(List.of(expression.getTextContent().replaceAll("[()]", "").split(" OR ")));
            }
        }
        return found;
    }

    private static String text(Element parent, String name) {
        List<Element> found = children(parent, name);
        return found.isEmpty() ? "" : found.get(0).getTextContent().strip();
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        NodeList nodes = parent.getChildNodes();
        for (int i = 0; i < nodes.getLength(); i++) {
            Node node = nodes.item(i);
            if (node instanceof Element element && element.getNodeName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }
}
