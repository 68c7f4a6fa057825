package dev.kamalbackup.config;

import dev.kamalbackup.redact.Secret;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who is told how backups went, as a monitor that raises the alarm when it hears of a failure, or of nothing.
 *
 * @param success the address that is told of a complete backup; secret, for whoever knows it can tell the monitor so
 * @param failure the address that is told of a failed one, and of a scheduled check or drill that failed
 */
public record NotifySettings(Optional<Secret> success, Optional<Secret> failure) {
    /** What is said of anything else. */
    public static final String EXPECTED = "expects an address that begins with http:// or https://";

    /** Nobody is told. */
    public static NotifySettings nobody() {
        return new NotifySettings(Optional.empty(), Optional.empty());
    }

    /** Whether a document can be posted to it. */
    public static boolean isAddress(String text) {
        return url(text).isPresent();
    }

    /** What may be shown of an address. */
    public static String host(Secret address) {
        return url(address.reveal()).map(URL::getHost).orElse("an address that is none");
    }

    /** Not through {@link URI#getHost}, which knows no host with an underscore; Docker and Kamal name them so. */
    private static Optional<URL> url(String text) {
        try {
            URL url = new URI(text).toURL();
            boolean web = url.getProtocol().equals("http") || url.getProtocol().equals("https");
            return web && !url.getHost().isEmpty() && url.getPort() < 65536 ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException | MalformedURLException | IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    /** Every secret in these settings. */
    public List<Secret> secrets() {
        return Stream.of(success, failure).flatMap(Optional::stream).toList();
    }
}
