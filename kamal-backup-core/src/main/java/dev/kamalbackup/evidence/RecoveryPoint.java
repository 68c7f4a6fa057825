package dev.kamalbackup.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How much work could have been lost: what a disaster at the worst moment would have cost.
 *
 * @param completeRuns how many complete runs were made in the time that is looked at
 * @param largestGap the longest time without one; empty with fewer than two runs, which make no gap
 * @param newest when the newest complete run started; empty if there is none
 * @param age how old that is
 */
public record RecoveryPoint(
        int completeRuns, Optional<Gap> largestGap, Optional<Instant> newest, Optional<Duration> age) {
    /** How far back it looks. */
    public static final Duration WINDOW = Duration.ofDays(30);

    /**
     * A time without a new complete run.
     *
     * @param from when the run before it started
     * @param until when the run after it started, or now
     * @param open whether it still lasts
     */
    public record Gap(Instant from, Instant until, boolean open) {
        /** How long it is. */
        public Duration length() {
            return Duration.between(from, until);
        }
    }

    /** Measures these runs, newest first; those that are not whole do not count. */
    static RecoveryPoint of(List<KnownRun> runs, Instant now) {
        List<Instant> whole = runs.stream()
                .filter(KnownRun::whole)
                .map(KnownRun::time)
                // A run that a wrong clock dated ahead must not hide a gap.
                .filter(time -> !time.isAfter(now))
                .sorted()
                .toList();
        if (whole.isEmpty()) {
            return new RecoveryPoint(0, Optional.empty(), Optional.empty(), Optional.empty());
        }
        Instant begin = now.minus(WINDOW);
        List<Gap> gaps = new ArrayList<>();
        for (int i = 0; i < whole.size(); i++) {
            boolean last = i == whole.size() - 1;
            Instant until = last ? now : whole.get(i + 1);
            // Also the one that reaches into the time that is looked at.
            if (until.isAfter(begin)) {
                gaps.add(new Gap(whole.get(i), until, last));
            }
        }
        Instant newest = whole.get(whole.size() - 1);
        return new RecoveryPoint(
                (int) whole.stream().filter(time -> !time.isBefore(begin)).count(),
                whole.size() < 2
                        ? Optional.empty()
                        : gaps.stream().max((one, other) -> one.length().compareTo(other.length())),
                Optional.of(newest),
                Optional.of(Duration.between(newest, now)));
    }
}
