package dev.kamalbackup.diagnosis;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.error.Problem;

/**
 * One thing that was looked at.
 *
 * @param subject what: "restic", "database app"
 * @param level how it is
 * @param detail what was seen
 * @param fix what to do about it; empty if nothing needs to be done
 */
public record Finding(String subject, Level level, String detail, String fix) {
    /** How good or bad it is. */
    public enum Level {
        /** As it should be. */
        OK,
        /** Works, and should be looked at. */
        WARNING,
        /** A backup or a restore would fail. */
        FAILED
    }

    /** As it should be. */
    public static Finding ok(String subject, String detail) {
        return new Finding(subject, Level.OK, detail, "");
    }

    /** Works, and should be looked at. */
    public static Finding warning(String subject, String detail, String fix) {
        return new Finding(subject, Level.WARNING, detail, fix);
    }

    /** Would make a backup or a restore fail. */
    public static Finding failed(String subject, String detail, String fix) {
        return new Finding(subject, Level.FAILED, detail, fix);
    }

    /** What a failure says. */
    public static Finding failed(String subject, KamalBackupException failure) {
        Fault fault = failure.fault();
        return failed(subject, fault.summary(), fault.hint());
    }

    /** A mistake in the configuration. */
    public static Finding failed(Problem problem) {
        return failed("configuration", problem.toString(), "");
    }
}
