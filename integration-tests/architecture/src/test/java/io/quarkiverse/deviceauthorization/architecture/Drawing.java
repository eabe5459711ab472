package io.quarkiverse.deviceauthorization.architecture;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.xml.parsers.DocumentBuilderFactory;

import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** What the drawing on the page Architecture says: the words that are read there, and the packages that each box stands for. */
record Drawing(Map<String, Box> boxes, Set<String> arrows) {

    private static final Path FILE = Path.of("docs", "modules", "ROOT", "assets", "images", "architecture.svg");
    private static final String NO_DTD = "http://apache.org/xml/features/disallow-doctype-decl";

    /**
     * @param layer from 1, at the top
     * @param plain whether its colour says that it is plain Java
     */
    record Box(String name, int layer, Set<String> packages, Set<String> uses, boolean plain) {

        private static Box of(Element box) {
            return new Box(text(box, "name"), Integer.parseInt(((Element) box.getParentNode()).getAttribute("data-layer")),
                    words(box.getAttribute("data-packages"), " "), uses(text(box, "uses")), hasClass(box, "plain"));
        }

        private static Set<String> uses(String text) {
            String list = text.replaceFirst("^uses(, by \\w+ doors,)? ", "");
            return list.equals("nothing") ? Set.of() : words(list, ", ");
        }
    }

    static Drawing read() {
        Element drawing = parse(Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("../..").resolve(FILE));
        Map<String, Box> boxes = elements(drawing, "g", box -> box.hasAttribute("data-packages")).stream().map(Box::of)
                .collect(Collectors.toMap(Box::name, box -> box, (one, other) -> {
                    throw new IllegalStateException("Two boxes are called " + one.name());
                }, LinkedHashMap::new));
        Set<String> arrows = elements(drawing, "path", arrow -> arrow.hasAttribute("data-from")).stream()
                .map(arrow -> arrow(arrow.getAttribute("data-from"), arrow.getAttribute("data-to")))
                .collect(Collectors.toCollection(TreeSet::new));
        return new Drawing(boxes, arrows);
    }

    static String arrow(String from, String to) {
        return from + " -> " + to;
    }

    private static Element parse(Path file) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(NO_DTD, true);
            return factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
        } catch (Exception e) {
            throw new IllegalStateException("Can't read " + file, e);
        }
    }

    private static String text(Element box, String kind) {
        return elements(box, "text", text -> hasClass(text, kind)).stream().map(Node::getTextContent)
                .collect(Collectors.joining(" ")).strip();
    }

    private static boolean hasClass(Element element, String name) {
        return words(element.getAttribute("class"), " ").contains(name);
    }

    private static Set<String> words(String list, String separator) {
        return Arrays.stream(list.split(separator)).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Element> elements(Element parent, String name, Predicate<Element> which) {
        NodeList elements = parent.getElementsByTagName(name);
        return IntStream.range(0, elements.getLength()).mapToObj(index -> (Element) elements.item(index)).filter(which)
                .toList();
    }
}
