package dev.kamalbackup.config;

import dev.kamalbackup.redact.Secret;
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
    /** Nobody is told. */
    public static NotifySettings nobody() {
        return new NotifySettings(Optional.empty(), Optional.empty());
    }

    /** Every secret in these settings. */
    public List<Secret> secrets() {
        return Stream.of(success, failure).flatMap(Optional::stream).toList();
    }
}
