package dev.kamalbackup.retention;

import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.config.RetentionSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides for each run whether it stays: by restic's rules (its manual, "Removing snapshots according to a policy"; 0.17
 * to 0.19), with the complete run in the place of the snapshot. Pure.
 */
public final class Retention {
    /** An incomplete run may hold the only dump of one database; so long there is time to take it out. */
    static final Duration INCOMPLETE_FOR = Duration.ofDays(7);

    /** By then it is known whether a restore was a mistake. */
    static final Duration SAFETY_FOR = Duration.ofDays(30);

    private static final Pattern AGE = Pattern.compile("(?:(\\d+)y)?(?:(\\d+)m)?(?:(\\d+)d)?(?:(\\d+)h)?");

    private final RetentionSettings settings;
    private final ZoneId zone;

    /**
     * A retention.
     *
     * @param zone by whose clock an hour, a day, a week, a month, a year begins
     */
    public Retention(RetentionSettings settings, ZoneId zone) {
        this.settings = settings;
        this.zone = zone;
    }

    /** Judges every run, newest first as they are given. */
    public List<Verdict> judge(List<RecordedRun> runs, Instant now) {
        List<RecordedRun> counted = runs.stream().filter(Retention::counts).toList();
        Map<Span, Filling> fillings = new EnumMap<>(Span.class);
        for (Span span : Span.values()) {
            fillings.put(span, new Filling(span.number(settings)));
        }
        List<Verdict> verdicts = new ArrayList<>();
        int number = 0;
        for (RecordedRun run : runs) {
            verdicts.add(new Verdict(
                    run, counts(run) ? reasons(number++, counted, fillings) : reasonsOfOthers(run, counted, now)));
        }
        return List.copyOf(verdicts);
    }

    private static boolean counts(RecordedRun run) {
        return run.completeness().isWhole() && run.safetyOf().isEmpty();
    }

    private static List<String> reasonsOfOthers(RecordedRun run, List<RecordedRun> counted, Instant now) {
        Duration age = Duration.between(run.id().time(), now);
        if (run.safetyOf().isPresent()) {
            return age.compareTo(SAFETY_FOR) < 0
                    ? List.of("what a restore replaced, for " + SAFETY_FOR.toDays() + " days")
                    : List.of();
        }
        if (counted.isEmpty() || run.id().time().isAfter(counted.get(0).id().time())) {
            return List.of("incomplete, but newer than every complete run");
        }
        return age.compareTo(INCOMPLETE_FOR) < 0
                ? List.of("incomplete, for " + INCOMPLETE_FOR.toDays() + " days")
                : List.of();
    }

    private List<String> reasons(int number, List<RecordedRun> counted, Map<Span, Filling> fillings) {
        ZonedDateTime time = counted.get(number).id().time().atZone(zone);
        boolean oldest = number == counted.size() - 1;
        List<String> reasons = new ArrayList<>();
        if (number < settings.last()) {
            reasons.add("last " + (number + 1));
        }
        fillings.forEach((span, filling) -> {
            String name = span.of(time);
            if (filling.takes(name, oldest)) {
                reasons.add(span.name().toLowerCase(Locale.ROOT) + " " + name);
            }
        });
        if (isWithin(time, counted.get(0).id().time().atZone(zone))) {
            reasons.add("within " + settings.within());
        }
        if (number == 0 && reasons.isEmpty()) {
            reasons.add("newest complete run");
        }
        return reasons;
    }

    /** Counted back from the newest run, not from now: an app that is no longer backed up keeps what it has. */
    private boolean isWithin(ZonedDateTime time, ZonedDateTime newest) {
        Matcher age = AGE.matcher(settings.within());
        if (settings.within().isEmpty() || !age.matches()) {
            return false;
        }
        // As Go counts: a month before March 31 is "February 31", the third of March.
        LocalDate month = newest.toLocalDate()
                .withDayOfMonth(1)
                .minusYears(number(age.group(1)))
                .minusMonths(number(age.group(2)));
        LocalDate day = month.plusDays(newest.getDayOfMonth() - 1L - number(age.group(3)));
        Instant limit =
                day.atTime(newest.toLocalTime()).atZone(zone).toInstant().minus(Duration.ofHours(number(age.group(4))));
        return time.toInstant().isAfter(limit);
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    /** How far one rule is filled. */
    private static final class Filling {
        private int left;
        private String last = "";

        Filling(int left) {
            this.left = left;
        }

        /** The newest of each span; and the oldest of all as long as the rule is not filled. */
        boolean takes(String span, boolean oldest) {
            if (left == 0 || (span.equals(last) && !oldest)) {
                return false;
            }
            last = span;
            left--;
            return true;
        }
    }
}
