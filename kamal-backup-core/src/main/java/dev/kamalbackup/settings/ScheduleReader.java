package dev.kamalbackup.settings;

import dev.kamalbackup.config.BackupSettings;
import dev.kamalbackup.config.DrillSettings;
import dev.kamalbackup.config.MaintenanceSettings;
import dev.kamalbackup.config.RetentionSettings;
import dev.kamalbackup.config.Schedule;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Optional;

/** Reads what is done again and again: backups, and all that keeps them good. */
final class ScheduleReader {
    private static final RetentionSettings NO_RULE = new RetentionSettings(0, 0, 0, 0, 0, 0, "");

    /** Any moment will do, but always the same one: whether a configuration is good does not depend on the day. */
    private static final Instant SAMPLED_FROM = Instant.parse("2026-01-01T00:00:00Z");

    private static final int SAMPLED_INTERVALS = 30;

    private final Values values;
    private final PathResolver resolver;
    private final Problems problems;
    private final ZoneId zone;

    ScheduleReader(Values values, PathResolver resolver, Problems problems) {
        this.values = values;
        this.resolver = resolver;
        this.problems = problems;
        this.zone = values.zone(Keys.TIME_ZONE);
    }

    BackupSettings backup() {
        Duration second = Duration.ofSeconds(1);
        Schedule schedule = values.schedule(Keys.SCHEDULE, zone).orElseThrow();
        return new BackupSettings(
                values.flag(Keys.ENABLED),
                schedule,
                jitter(schedule),
                values.duration(Keys.START_DELAY, Duration.ZERO),
                values.duration(Keys.DUMP_TIMEOUT, second),
                values.duration(Keys.STALL_TIMEOUT, second));
    }

    /** A run must have started before the next is due. */
    private Duration jitter(Schedule schedule) {
        Duration jitter = values.duration(Keys.JITTER, Duration.ZERO);
        if (!jitter.isZero() && jitter.compareTo(shortestInterval(schedule)) >= 0) {
            Entry entry = values.given(Keys.JITTER).orElseThrow();
            problems.add(
                    entry.place(),
                    entry.label(),
                    "must be less than the time from one run to the next by " + Keys.SCHEDULE.path());
        }
        return jitter;
    }

    private static Duration shortestInterval(Schedule schedule) {
        return schedule instanceof Schedule.Every every
                ? every.interval()
                : Collections.min(schedule.intervals(SAMPLED_FROM, SAMPLED_INTERVALS));
    }

    MaintenanceSettings maintenance() {
        RetentionSettings retention = new RetentionSettings(
                values.count(Keys.KEEP_LAST),
                values.count(Keys.KEEP_HOURLY),
                values.count(Keys.KEEP_DAILY),
                values.count(Keys.KEEP_WEEKLY),
                values.count(Keys.KEEP_MONTHLY),
                values.count(Keys.KEEP_YEARLY),
                values.age(Keys.KEEP_WITHIN));
        boolean forget = values.flag(Keys.FORGET_AFTER_BACKUP);
        if (forget && retention.equals(NO_RULE)) {
            Place place = values.given(Keys.KEEP_LAST).map(Entry::place).orElse(Place.NOWHERE);
            problems.add(
                    place,
                    "restic.retention",
                    "keeps nothing; to keep everything set " + Keys.FORGET_AFTER_BACKUP.path() + ": false");
        }
        return new MaintenanceSettings(
                forget,
                retention,
                zone,
                values.flag(Keys.CHECK_AFTER_BACKUP),
                values.schedule(Keys.CHECK_SCHEDULE, zone),
                values.subset(Keys.CHECK_SUBSET),
                drill());
    }

    private DrillSettings drill() {
        Place place = values.given(Keys.DRILL_FILES).map(Entry::place).orElse(Place.NOWHERE);
        return new DrillSettings(
                values.schedule(Keys.DRILL_SCHEDULE, zone),
                resolver.resolve(place, Keys.DRILL_FILES.path(), values.text(Keys.DRILL_FILES))
                        .orElse(Path.of("")),
                Optional.of(values.text(Keys.DRILL_CHECK)).filter(check -> !check.isEmpty()));
    }
}
