package dev.kamalbackup.settings;

import dev.kamalbackup.config.Schedule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a trimmed text as a switch, a number, a length of time; empty if it is none. */
final class ValueFormat {
    private static final Set<String> YES = Set.of("1", "true", "yes", "y", "on");
    private static final Set<String> NO = Set.of("0", "false", "no", "n", "off");
    private static final int LARGEST_COUNT = 100_000;
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})\\s*([smhdwSMHDW]?)");
    private static final Pattern AGE = Pattern.compile("(?=.)(\\d{1,4}y)?(\\d{1,5}m)?(\\d{1,6}d)?(\\d{1,7}h)?");
    private static final Pattern SHARE = Pattern.compile("(\\d{1,6})/(\\d{1,6})");
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3}(?:\\.\\d{1,6})?)%");
    private static final Pattern SIZE = Pattern.compile("[1-9]\\d{0,12}[kKmMgGtT]?");

    private ValueFormat() {}

    static Optional<Boolean> flag(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (YES.contains(lower)) {
            return Optional.of(true);
        }
        return NO.contains(lower) ? Optional.of(false) : Optional.empty();
    }

    static Optional<Integer> count(String text) {
        return text.matches("\\d{1,6}")
                ? Optional.of(Integer.valueOf(text)).filter(number -> number <= LARGEST_COUNT)
                : Optional.empty();
    }

    /** A whole number of seconds, or of the unit behind it. */
    static Optional<Duration> duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2).toLowerCase(Locale.ROOT)) {
                    case "m" -> Duration.ofMinutes(amount);
                    case "h" -> Duration.ofHours(amount);
                    case "d" -> Duration.ofDays(amount);
                    case "w" -> Duration.ofDays(7 * amount);
                    default -> Duration.ofSeconds(amount);
                });
    }

    /** A length of time, or a cron expression by the clock of this zone. */
    static Optional<Schedule> schedule(String text, ZoneId zone) {
        Optional<Schedule> interval = duration(text).map(Schedule.Every::new);
        return interval.isPresent() ? interval : cron(text, zone);
    }

    private static Optional<Schedule> cron(String text, ZoneId zone) {
        try {
            return Optional.of(new Schedule.Cron(text, zone));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    static Optional<ZoneId> zone(String text) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException unknown) {
            return Optional.empty();
        }
    }

    /** Restic's own writing of an age, kept as it is. */
    static Optional<String> age(String text) {
        return AGE.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    /** Restic's own writing of a part of the data, kept as it is. */
    static Optional<String> subset(String text) {
        Matcher share = SHARE.matcher(text);
        Matcher percent = PERCENT.matcher(text);
        boolean fits;
        if (share.matches()) {
            int part = Integer.parseInt(share.group(1));
            fits = part >= 1 && part <= Integer.parseInt(share.group(2));
        } else if (percent.matches()) {
            double value = Double.parseDouble(percent.group(1));
            fits = value > 0 && value <= 100;
        } else {
            fits = SIZE.matcher(text).matches();
        }
        return fits ? Optional.of(text) : Optional.empty();
    }
}
