package dev.kamalbackup.restore;

import dev.kamalbackup.state.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;

/** The single steps a swap is made of, each of which happens as a whole or not at all; tests stop it before any of them. */
class FileSteps {
    /** What a folder is besides its content. */
    record FolderAttributes(int mode, int owner, int group, FileTime modified) {}

    /** The steps on the disk. */
    FileSteps() {}

    /** A rename; what has the new name is replaced, unless one of both is a folder. */
    void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Gives a file, or a link itself, a second name. */
    void link(Path file, Path secondName) throws IOException {
        Files.createLink(secondName, file);
    }

    void createFolder(Path folder) throws IOException {
        Files.createDirectory(folder);
    }

    /** Removes an empty folder. */
    void deleteFolder(Path folder) throws IOException {
        Files.delete(folder);
    }

    /** The only step of many: what is removed must have a name that says so. */
    void removeTree(Path folder) throws IOException {
        FileTree.remove(folder);
    }

    FolderAttributes attributes(Path folder) throws IOException {
        Map<String, Object> found = Files.readAttributes(folder, "unix:mode,uid,gid", LinkOption.NOFOLLOW_LINKS);
        return new FolderAttributes(
                number(found, "mode") & 07777,
                number(found, "uid"),
                number(found, "gid"),
                Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS));
    }

    private static int number(Map<String, Object> attributes, String name) {
        return (Integer) Objects.requireNonNull(attributes.get(name), name);
    }

    /** Owner first: changing it takes the set-group bit away. */
    void apply(FolderAttributes wanted, Path folder) throws IOException {
        FolderAttributes now = attributes(folder);
        boolean sameOwner = now.owner() == wanted.owner() && now.group() == wanted.group();
        if (!sameOwner) {
            Files.setAttribute(folder, "unix:uid", wanted.owner(), LinkOption.NOFOLLOW_LINKS);
            Files.setAttribute(folder, "unix:gid", wanted.group(), LinkOption.NOFOLLOW_LINKS);
        }
        if (!sameOwner || now.mode() != wanted.mode()) {
            Files.setAttribute(folder, "unix:mode", wanted.mode());
        }
        if (!now.modified().equals(wanted.modified())) {
            Files.setLastModifiedTime(folder, wanted.modified());
        }
    }
}
