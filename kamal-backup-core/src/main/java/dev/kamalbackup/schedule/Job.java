package dev.kamalbackup.schedule;

import dev.kamalbackup.config.Schedule;
import dev.kamalbackup.process.Cancellation;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Something that is done again and again. */
public interface Job {
    /** What it is called in messages: {@code backup}. */
    String name();

    /** When it is due. */
    Schedule schedule();

    /** How much later than due it starts at most. */
    Duration jitter();

    /** The time of the schedule that was kept last, by what is recorded; empty if it never was done. */
    Optional<Instant> keptLast(Cancellation cancellation);

    /**
     * Does it. A failure is told, recorded and in the answer, not thrown.
     *
     * @param time the time of the schedule that is kept by this
     */
    Ending carryOut(Instant time, Cancellation cancellation);

    /** How it ended. */
    sealed interface Ending {
        /** It is done. */
        record Done(String outcome) implements Ending {}

        /** It failed and may be tried again. */
        record Failed(String reason) implements Ending {}

        /** It was carried out, with a bad outcome that another attempt would not change. */
        record Wrong(String reason) implements Ending {}

        /** Something else is under way, by this account. */
        record Busy(String owner) implements Ending {}
    }
}
