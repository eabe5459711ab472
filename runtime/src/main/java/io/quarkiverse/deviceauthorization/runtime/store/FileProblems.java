package io.quarkiverse.deviceauthorization.runtime.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;

import io.quarkiverse.deviceauthorization.runtime.config.ConfigKeys;
import io.quarkiverse.deviceauthorization.store.AuthorizationStoreException;

/** What an operating system says about files, as a sentence with a cure. */
final class FileProblems {

    private static final String FULL = "the disk is full. What was stored before is still there. Free some space";

    /** As much as the text of one owner may need; less is a full disk, in whatever language the system says so. */
    private static final long LITTLE_SPACE = 64 * 1024;

    private final String directoryKey;

    /** @param client the name of the client whose files they are */
    FileProblems(String client) {
        this.directoryKey = ConfigKeys.key(client, "tokens.file.directory");
    }

    /** @return the key that says where the files are */
    String directoryKey() {
        return directoryKey;
    }

    /**
     * @param what can't be done, such as "written"
     * @param path to what
     */
    AuthorizationStoreException of(String what, Path path, IOException problem) {
        return new AuthorizationStoreException(path + " can't be " + what + ": " + reason(what, path, problem), problem);
    }

    private String reason(String what, Path path, IOException problem) {
        String said = said(problem);
        String lower = said.toLowerCase(Locale.ROOT);
        if (lower.contains("read-only file system")) {
            return "the file system is read-only. Set " + directoryKey + " to a directory that this program can write";
        } else if (lower.contains("no space left") || lower.contains("quota exceeded")) {
            return FULL;
        } else if (problem instanceof AccessDeniedException) {
            return "permission denied. Give this user access to it, or set " + directoryKey + " to another directory";
        } else if (problem instanceof NotDirectoryException || problem instanceof FileAlreadyExistsException
                || lower.contains("not a directory")) {
            return "there is a file where a directory has to be. Move that file away, or set " + directoryKey
                    + " to another directory";
        } else if (isFull(what, path)) {
            return FULL;
        }
        return said + ". Look after the file system, or set " + directoryKey + " to a directory on another one";
    }

    /** A file system may have refused to lock, or has nothing to lock with, as some network file systems. */
    AuthorizationStoreException noLocks(Path path, IOException problem) {
        return new AuthorizationStoreException(path + " can't be locked: " + said(problem) + ". The file system seems to have"
                + " no locks, and without them two processes could spend the same refresh token. Set " + directoryKey
                + " to a directory on a local disk", problem);
    }

    private static String said(IOException problem) {
        String reason = problem instanceof FileSystemException known ? known.getReason() : problem.getMessage();
        return reason == null ? problem.getClass().getSimpleName() : reason;
    }

    private static boolean isFull(String what, Path path) {
        try {
            return what.equals("written") && Files.getFileStore(path.getParent()).getUsableSpace() < LITTLE_SPACE;
        } catch (IOException e) {
            return false;
        }
    }
}
