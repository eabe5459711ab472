package io.quarkiverse.deviceauthorization.runtime.store;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The directory of one client: {@code <directory>/device-authorization/<client>}, and the locks of what is in it. */
final class ClientDirectory {

    final String client;
    final Disk disk;
    final FileProblems problems;
    final PrivateFiles files;
    final InstantSource clock;
    private final Path root;
    private final Path path;

    ClientDirectory(Path directory, String client, Disk disk, InstantSource clock) {
        this.client = client;
        this.disk = disk;
        this.problems = new FileProblems(client);
        this.files = new PrivateFiles(disk, problems);
        this.clock = clock;
        this.root = directory.resolve("device-authorization");
        this.path = root.resolve(FileNames.of(client));
    }

    Path folder(String name) {
        return path.resolve(name);
    }

    /** @return whether there is this folder; fails when others could have changed what is in it */
    boolean hasTrusted(Path folder) {
        return List.of(root, path, folder).stream().allMatch(files::isTrusted);
    }

    /** Makes this folder, if need be; fails when others could change what is in it. */
    void makeTrusted(Path folder) {
        makeTrusted();
        make(folder);
    }

    private void makeTrusted() {
        make(root);
        make(path);
    }

    private void make(Path directory) {
        files.createDirectory(directory);
        files.isTrusted(directory);
    }

    /** The directory has to exist. */
    <T> T exclusively(Path file, Supplier<T> work) {
        return FileLocks.in(path, problems).exclusively(path.relativize(file).toString(), disk, work);
    }

    /** @return what gives the lease back; empty when somebody has it */
    Optional<Runnable> lease(String owner) {
        makeTrusted();
        return FileLocks.in(path, problems).tryLease(owner, disk);
    }
}
