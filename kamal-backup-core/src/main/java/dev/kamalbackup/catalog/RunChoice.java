package dev.kamalbackup.catalog;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Which run somebody means. */
public sealed interface RunChoice {
    /** The newest complete run. */
    record Latest() implements RunChoice {
        @Override
        public String toString() {
            return LATEST;
        }
    }

    /**
     * The newest complete run that is not younger than this.
     *
     * @param time the moment whose data are wanted
     */
    record At(Instant time) implements RunChoice {
        @Override
        public String toString() {
            return "at " + time.truncatedTo(ChronoUnit.SECONDS);
        }
    }

    /**
     * One run, by its own id or the beginning of the id of any of its snapshots.
     *
     * @param id the id as it was given
     */
    record Named(String id) implements RunChoice {
        @Override
        public String toString() {
            return id;
        }
    }

    /** The word for {@link Latest}. */
    String LATEST = "latest";

    /** The newest complete run. */
    static RunChoice latest() {
        return new Latest();
    }

    /** What somebody typed: {@code latest}, a run id, or a snapshot id. */
    static RunChoice of(String text) {
        return text.equals(LATEST) ? new Latest() : new Named(text);
    }
}
