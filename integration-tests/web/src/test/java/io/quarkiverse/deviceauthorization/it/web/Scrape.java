package io.quarkiverse.deviceauthorization.it.web;

import static io.restassured.RestAssured.given;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Prometheus gets when it asks the application.
 *
 * @param series the series of this extension, with their labels, and their values
 */
record Scrape(Map<String, Double> series) {

    private static final Pattern LINE = Pattern.compile("(device_authorization\\S+\\{.*}) (\\S+)");

    static Scrape now() {
        String text = given().accept("text/plain").get("/q/metrics").then().statusCode(200).extract().asString();
        Map<String, Double> series = new HashMap<>();
        text.lines().map(LINE::matcher).filter(Matcher::matches)
                .forEach(line -> series.put(line.group(1).replace(",}", "}"), Double.valueOf(line.group(2))));
        return new Scrape(series);
    }

    /** @return how much a series of the default client has grown since then */
    long since(Scrape before, String name, String labels) {
        String key = name + "{client=\"<default>\"" + (labels.isEmpty() ? "" : "," + labels) + "}";
        if (!series.containsKey(key)) {
            throw new AssertionError(key + " is not among " + series.keySet());
        }
        return (long) (series.get(key) - before.series.getOrDefault(key, 0.0));
    }
}
