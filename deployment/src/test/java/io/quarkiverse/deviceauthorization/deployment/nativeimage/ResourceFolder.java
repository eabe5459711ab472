package io.quarkiverse.deviceauthorization.deployment.nativeimage;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A folder on the class path, in jars or not: what is in it, and below it, beside classes. */
public final class ResourceFolder {

    private ResourceFolder() {
    }

    /**
     * @param neighbour a class that is loaded from where the folder is
     * @param folder without a slash at its ends
     * @return the resources, each with its whole name, in order
     */
    public static List<String> files(Class<?> neighbour, String folder) throws IOException, URISyntaxException {
        Set<String> files = new TreeSet<>();
        for (URL place : Collections.list(neighbour.getClassLoader().getResources(folder))) {
            if (place.openConnection() instanceof JarURLConnection jar) {
                try (FileSystem content = FileSystems.newFileSystem(Path.of(jar.getJarFileURL().toURI()))) {
                    files.addAll(names(content.getPath(folder), folder));
                }
            } else {
                files.addAll(names(Path.of(place.toURI()), folder));
            }
        }
        return List.copyOf(files);
    }

    private static List<String> names(Path directory, String folder) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).map(file -> directory.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> !name.endsWith(".class")).map(name -> folder + "/" + name).toList();
        }
    }
}
