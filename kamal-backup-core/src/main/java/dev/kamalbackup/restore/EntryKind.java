package dev.kamalbackup.restore;

import dev.kamalbackup.restic.Node;
import java.nio.file.attribute.BasicFileAttributes;

/** What an entry of a folder is, as far as a restore compares it. */
enum EntryKind {
    FILE('f'),
    FOLDER('d'),
    LINK('l'),
    /** Pipes, sockets and devices: not every user can make them, so they are not compared. */
    OTHER('o');

    private final char letter;

    EntryKind(char letter) {
        this.letter = letter;
    }

    /** A letter for it. */
    char letter() {
        return letter;
    }

    static EntryKind of(Node node) {
        return switch (node.type()) {
            case "file" -> FILE;
            case "dir" -> FOLDER;
            case "symlink" -> LINK;
            default -> OTHER;
        };
    }

    static EntryKind of(BasicFileAttributes attributes) {
        if (attributes.isSymbolicLink()) {
            return LINK;
        }
        if (attributes.isDirectory()) {
            return FOLDER;
        }
        return attributes.isRegularFile() ? FILE : OTHER;
    }
}
