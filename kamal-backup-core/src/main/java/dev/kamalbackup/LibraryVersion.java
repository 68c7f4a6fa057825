package dev.kamalbackup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version the build wrote beside the classes. */
final class LibraryVersion {
    private LibraryVersion() {}

    static String read() {
        try (InputStream resource = LibraryVersion.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            if (resource != null) {
                properties.load(resource);
            }
            return properties.getProperty("version", "unknown");
        } catch (IOException damaged) {
            throw new UncheckedIOException("the jar is damaged", damaged);
        }
    }
}
