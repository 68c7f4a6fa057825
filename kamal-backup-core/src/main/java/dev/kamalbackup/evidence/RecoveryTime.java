package dev.kamalbackup.evidence;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How long it took to bring a run back, measured by drills and restores that succeeded.
 *
 * @param measured the newest of them, newest first
 */
public record RecoveryTime(List<PastEvent> measured) {
    private static final int NEWEST = 10;

    public RecoveryTime {
        measured = List.copyOf(measured);
    }

    static RecoveryTime of(Chronicle chronicle) {
        return new RecoveryTime(chronicle.events().stream()
                .filter(event -> event.kind().equals("drill") || event.kind().equals("restore"))
                .filter(event -> event.succeeded() && event.recovery().isPresent())
                .limit(NEWEST)
                .toList());
    }

    /** What the newest took; empty if there is none. */
    public Optional<Duration> newest() {
        return measured.stream().findFirst().flatMap(PastEvent::recovery);
    }

    /** What the longest took; empty if there is none. */
    public Optional<Duration> longest() {
        return measured.stream().flatMap(event -> event.recovery().stream()).max(Comparator.naturalOrder());
    }
}
