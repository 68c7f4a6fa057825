package dev.kamalbackup.sqlite;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A file as the URI by which SQLite opens it. Everything but letters, digits and {@code / . _ -} is percent-encoded, so
 * a URI needs no quoting in a dot-command and no file name can mean anything else there.
 */
record FileUri(Path file) {
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._-";

    /** Opens what is there and never makes a new file; recovers what a killed writer left behind. */
    String existing() {
        return plain() + "?mode=rw";
    }

    /** Opens the file and makes it if it is missing. */
    String existingOrNew() {
        return plain() + "?mode=rwc";
    }

    /** Reads a file that nobody writes, without locks and without files beside it. */
    String unchanging() {
        return plain() + "?mode=ro&immutable=1";
    }

    /** The URI without parameters. */
    String plain() {
        return "file:" + path();
    }

    /** The absolute path, with everything encoded that means something in a URI. */
    String path() {
        StringBuilder uri = new StringBuilder();
        for (byte each : file.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(each)) {
                uri.append((char) each);
            } else {
                uri.append(String.format("%%%02X", each & 0xff));
            }
        }
        return uri.toString();
    }

    private static boolean isPlain(byte each) {
        return PLAIN.indexOf(each) >= 0;
    }
}
