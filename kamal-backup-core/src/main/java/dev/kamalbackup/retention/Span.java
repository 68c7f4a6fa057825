package dev.kamalbackup.retention;

import dev.kamalbackup.config.RetentionSettings;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;

/** The spans of time of each of which the newest run is kept. */
enum Span {
    HOURLY,
    DAILY,
    WEEKLY,
    MONTHLY,
    YEARLY;

    /** Of how many spans. */
    int number(RetentionSettings settings) {
        return switch (this) {
            case HOURLY -> settings.hourly();
            case DAILY -> settings.daily();
            case WEEKLY -> settings.weekly();
            case MONTHLY -> settings.monthly();
            case YEARLY -> settings.yearly();
        };
    }

    /** The span that a time lies in. */
    String of(ZonedDateTime time) {
        return switch (this) {
            case HOURLY -> time.toLocalDateTime().truncatedTo(ChronoUnit.HOURS).toString();
            case DAILY -> time.toLocalDate().toString();
            case WEEKLY -> time.get(IsoFields.WEEK_BASED_YEAR) + "-W" + time.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
            case MONTHLY -> time.toLocalDate().toString().substring(0, "2026-12".length());
            case YEARLY -> Integer.toString(time.getYear());
        };
    }
}
