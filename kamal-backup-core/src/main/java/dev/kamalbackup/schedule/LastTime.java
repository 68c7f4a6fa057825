package dev.kamalbackup.schedule;

import dev.kamalbackup.error.StateException;
import dev.kamalbackup.event.BackupListener;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** When a job was done last, by its record. The scheduler asks often, so one that cannot be read is told of once. */
final class LastTime {
    private final String job;
    private final Supplier<Optional<Instant>> record;
    private final BackupListener listener;
    private String told = "";

    LastTime(String job, Supplier<Optional<Instant>> record, BackupListener listener) {
        this.job = job;
        this.record = record;
        this.listener = listener;
    }

    /** The time; empty if it cannot be told: a record that is out of reach must not keep the other jobs from their work. */
    Optional<Instant> read() {
        try {
            Optional<Instant> time = record.get();
            told = "";
            return time;
        } catch (StateException unreadable) {
            tell(unreadable.fault().full());
            return Optional.empty();
        }
    }

    private void tell(String fault) {
        if (!fault.equals(told)) {
            told = fault;
            listener.warning("when the last " + job + " was made cannot be told, so one is due: " + fault);
        }
    }
}
