package dev.kamalbackup.status;

import dev.kamalbackup.tag.RunId;
import java.time.Instant;
import java.util.Optional;

/**
 * How the backups of an app stand.
 *
 * @param app the app
 * @param at when this was so
 * @param enabled whether backups are made by schedule
 * @param schedule the schedule in words
 * @param lastGood the newest complete run
 * @param due when the next is due; empty if backups are disabled
 * @param overdue whether it should have been made by now, retries and all
 * @param underWay what is under way on the state folder
 * @param lastFailure what failed last, if nothing of its kind went well since
 * @param lastCheck how the last check of the repository ended
 * @param lastDrill how the last drill ended
 * @param repository what the repository holds
 */
public record Status(
        String app,
        Instant at,
        boolean enabled,
        String schedule,
        Optional<GoodRun> lastGood,
        Optional<Instant> due,
        boolean overdue,
        Optional<String> underWay,
        Optional<Event> lastFailure,
        Optional<Event> lastCheck,
        Optional<Event> lastDrill,
        Contents repository) {
    /**
     * A complete run.
     *
     * @param run its id
     * @param finishedAt when it ended; by the repository alone, when it started
     */
    public record GoodRun(RunId run, Instant finishedAt) {}

    /**
     * Something that happened.
     *
     * @param kind what was done: {@code backup}, {@code check}, {@code drill}, {@code prune}, {@code restore}
     * @param at when it ended
     * @param outcome how
     * @param reason why it failed; empty text if it did not
     */
    public record Event(String kind, Instant at, String outcome, String reason) {}

    /** What the repository holds. */
    public sealed interface Contents {
        /** Nobody asked. */
        record NotAsked() implements Contents {}

        /**
         * It did not answer.
         *
         * @param hint what to do next; empty when there is nothing useful to say
         */
        record Unknown(String reason, String hint) implements Contents {}

        /**
         * It listed its runs.
         *
         * @param runs how many runs of the app there are
         * @param size how much all data of the repository take, those of other apps included
         * @param addedLately how much the app's runs of the last 30 days added
         */
        record Known(int runs, Size size, long addedLately) implements Contents {}
    }

    /** How much a repository takes, which restic counts by walking through every snapshot. */
    public sealed interface Size {
        /** So many bytes. */
        record Counted(long bytes) implements Size {}

        /** It could not be counted, for this reason: a repository that lists its runs may still be damaged. */
        record Unknown(String reason) implements Size {}
    }

    /** Whether all is as it should be; the time of a disabled schedule does not matter. */
    public boolean ok() {
        return !overdue;
    }
}
