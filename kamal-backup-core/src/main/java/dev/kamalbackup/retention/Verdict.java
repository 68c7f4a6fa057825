package dev.kamalbackup.retention;

import dev.kamalbackup.catalog.RecordedRun;
import java.util.List;

/**
 * Whether a run stays, and why.
 *
 * @param run the run
 * @param reasons why it stays; none if it goes
 */
public record Verdict(RecordedRun run, List<String> reasons) {
    public Verdict {
        reasons = List.copyOf(reasons);
    }

    /** Whether the run stays. */
    public boolean stays() {
        return !reasons.isEmpty();
    }
}
