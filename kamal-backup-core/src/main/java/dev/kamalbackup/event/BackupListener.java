package dev.kamalbackup.event;

import java.time.Instant;

/**
 * Told what happens, as it happens; every method may be left out. Calls come from several threads, must return quickly
 * and must not throw. Nothing in an event is secret.
 */
public interface BackupListener {
    /** A listener that hears nothing. */
    static BackupListener silent() {
        return new BackupListener() {};
    }

    /** A part of the work begins: {@code database app}, {@code files}. */
    default void started(String label) {}

    /** So many bytes of a part have passed so far. Called often. */
    default void progress(String label, long bytes) {}

    /** A part of the work ended well, with a word on the outcome: "snapshot 1a2b3c4d, 12345 bytes". */
    default void finished(String label, String outcome) {}

    /** A part of the work failed, for this reason. */
    default void failed(String label, String reason) {}

    /** A job of the scheduler is due next at this time. */
    default void next(String job, Instant at) {}

    /** Something a person should look at, though the work goes on. */
    default void warning(String message) {}
}
