package dev.kamalbackup.diagnosis;

import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.state.LastBackup;
import dev.kamalbackup.state.StateFolder;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Whether the clock can be right: what is due, what is kept and what is the newest are all told by it. */
final class ClockCheck {
    private static final String SUBJECT = "clock";
    private static final String FIX = "set the clock (timedatectl, or chrony on the host); backups are ordered by time";

    /** Clocks of two machines that are kept right do not differ by more. */
    private static final Duration TOLERANCE = Duration.ofMinutes(2);

    /** Older than this program. */
    private static final Instant IMPOSSIBLE = Instant.parse("2026-01-01T00:00:00Z");

    private final Clock clock;
    private final StateFolder state;
    private final Optional<RecordedRun> newest;

    ClockCheck(Clock clock, StateFolder state, Optional<RecordedRun> newest) {
        this.clock = clock;
        this.state = state;
        this.newest = newest;
    }

    List<Finding> findings() {
        Instant now = clock.instant();
        Instant latest = now.plus(TOLERANCE);
        if (now.isBefore(IMPOSSIBLE)) {
            return List.of(Finding.failed(SUBJECT, "it says " + shown(now) + ", which is past", FIX));
        }
        Optional<Instant> run = newest.map(recorded -> recorded.id().time()).filter(latest::isBefore);
        if (run.isPresent()) {
            return List.of(Finding.failed(
                    SUBJECT,
                    "it says " + shown(now) + ", and the newest run in the repository is of " + shown(run.get()),
                    FIX));
        }
        return List.of(state.lastBackup()
                .map(LastBackup::finishedAt)
                .filter(latest::isBefore)
                .map(last -> Finding.failed(
                        SUBJECT, "it says " + shown(now) + ", and the last backup ended at " + shown(last), FIX))
                .orElse(Finding.ok(SUBJECT, shown(now))));
    }

    private static String shown(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
