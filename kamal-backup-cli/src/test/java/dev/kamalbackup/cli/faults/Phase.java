package dev.kamalbackup.cli.faults;

import java.util.Locale;

/** Where in the life of a backup something goes wrong. */
enum Phase {
    BEFORE,
    DUMP,
    END_OF_DUMP,
    UPLOAD,
    FILES,
    RETENTION,
    CHECK,
    RESTORE,
    DRILL,
    STATE,
    SCHEDULE,
    NOTIFICATION;

    /** As the table and the command line write it. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
