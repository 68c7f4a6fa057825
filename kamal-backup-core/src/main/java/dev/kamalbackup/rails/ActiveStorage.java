package dev.kamalbackup.rails;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an app keeps its uploaded files in production.
 *
 * @param service the name of the service in {@code config/storage.yml}; empty if the app does not tell
 * @param kind its kind, as in {@code Disk} or {@code S3}; empty if the app does not tell
 */
public record ActiveStorage(String service, String kind) {
    private static final String SERVICES = "config/storage.yml";
    private static final String PRODUCTION = "config/environments/production.rb";
    private static final Pattern CHOICE = Pattern.compile("(?m)^[^#\\n]*active_storage\\.service\\s*=\\s*:(\\w+)");

    /** What the checkout tells. */
    public static ActiveStorage of(Path checkout) {
        Path production = checkout.resolve(PRODUCTION);
        if (!Files.isRegularFile(production)) {
            return new ActiveStorage("", "");
        }
        try {
            Matcher choice = CHOICE.matcher(Files.readString(production));
            String service = choice.find() ? choice.group(1) : "";
            String kind = AppFile.read(checkout, SERVICES, name -> Optional.empty(), Optional.empty())
                    .flatMap(file -> file.root().at(service, "service").text())
                    .orElse("");
            return new ActiveStorage(service, kind);
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot read " + production, failed);
        }
    }

    /** Whether the files lie in folders that can be mounted; so if the app does not tell. */
    public boolean isOnDisk() {
        return kind.isEmpty() || kind.equals("Disk");
    }
}
