package io.quarkiverse.deviceauthorization.benchmarks.startup;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How a program is packed and started. */
enum Packaging {

    FAST_JAR_17("fast-jar, JDK 17", 17, "quarkus-app", null, List.of()),
    APP_CDS_17("AppCDS archive of a real run, JDK 17", 17, "aot-app", "-XX:ArchiveClassesAtExit=", List.of()),
    FAST_JAR_25("fast-jar, JDK 25", 25, "quarkus-app", null, List.of()),
    AOT_25("AOT cache of a real run, JDK 25", 25, "aot-app", "-XX:AOTCacheOutput=", List.of()),
    AOT_25_SMALL("AOT cache of a real run, JDK 25, serial GC and C1", 25, "aot-app", "-XX:AOTCacheOutput=",
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));

    private final String text;
    private final int java;
    private final String directory;
    private final String archiveOption;
    private final List<String> options;

    Packaging(String text, int java, String directory, String archiveOption, List<String> options) {
        this.text = text;
        this.java = java;
        this.directory = directory;
        this.archiveOption = archiveOption;
        this.options = options;
    }

    String text() {
        return text;
    }

    /** @return the version of Java that it is for */
    int java() {
        return java;
    }

    Path jar(Path target) {
        return target.resolve(directory).resolve("quarkus-run.jar");
    }

    boolean hasArchive() {
        return archiveOption != null;
    }

    /** @return the options of a run that leaves an archive behind */
    List<String> toMake(Path archive) {
        return with(archiveOption + archive);
    }

    /** @return the options of a run that is measured */
    List<String> toUse(Path archive) {
        return hasArchive() ? with((java < 25 ? "-XX:SharedArchiveFile=" : "-XX:AOTCache=") + archive) : options;
    }

    private List<String> with(String option) {
        return Stream.concat(options.stream(), Stream.of(option)).toList();
    }

    Path archive(Path target) {
        return target.resolve(name().toLowerCase(Locale.ROOT) + (java < 25 ? ".jsa" : ".aot"));
    }
}
