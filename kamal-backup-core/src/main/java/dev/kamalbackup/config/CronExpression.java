package dev.kamalbackup.config;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * When a cron expression of five fields comes round. A time that a clock put forward leaves out comes as much later; one
 * that a clock put back shows twice comes once, save where the expression names no hour and every hour is meant.
 */
final class CronExpression {
    private static final Map<String, String> NICKNAMES = Map.of(
            "@hourly", "0 * * * *",
            "@daily", "0 0 * * *",
            "@midnight", "0 0 * * *",
            "@weekly", "0 0 * * 0",
            "@monthly", "0 0 1 * *",
            "@yearly", "0 0 1 1 *",
            "@annually", "0 0 1 1 *");

    private final ExecutionTime times;
    private final boolean everyHour;

    private CronExpression(ExecutionTime times, boolean everyHour) {
        this.times = times;
        this.everyHour = everyHour;
    }

    /**
     * Reads an expression.
     *
     * @throws IllegalArgumentException if it is none, or names a date that no calendar has
     */
    static CronExpression of(String text) {
        String fields = NICKNAMES.getOrDefault(text.strip(), text.strip());
        CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
        ExecutionTime times = ExecutionTime.forCron(parser.parse(fields));
        CronExpression expression = new CronExpression(times, fields.split("\\s+", -1)[1].startsWith("*"));
        if (expression.nextShown(LocalDateTime.of(2000, 1, 1, 0, 0)).isEmpty()) {
            throw new IllegalArgumentException("it never comes round");
        }
        return expression;
    }

    /** The first time after this moment. */
    Instant next(Instant after, ZoneId zone) {
        Instant next = firstAfter(after, LocalDateTime.ofInstant(after, zone), zone);
        ZoneOffsetTransition change = zone.getRules().nextTransition(after);
        if (everyHour
                && change != null
                && change.isOverlap()
                && change.getInstant().isBefore(next)) {
            // The hour that comes a second time: begin again at what the clock was put back to.
            LocalDateTime putBackTo = change.getDateTimeAfter();
            LocalDateTime again = nextShown(putBackTo.minusNanos(1)).orElseThrow();
            if (again.isBefore(change.getDateTimeBefore())) {
                return again.toInstant(change.getOffsetAfter());
            }
        }
        return next;
    }

    private Instant firstAfter(Instant after, LocalDateTime shown, ZoneId zone) {
        LocalDateTime candidate = shown;
        Optional<Instant> found = Optional.empty();
        // At most twice: behind an overlap the clock shows what has been.
        while (found.isEmpty()) {
            candidate = nextShown(candidate).orElseThrow();
            found = first(candidate, after, zone);
        }
        return found.get();
    }

    /** When the clock shows this, or would if it had not been put forward; only if that is still to come. */
    private Optional<Instant> first(LocalDateTime shown, Instant after, ZoneId zone) {
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(shown);
        Stream<Instant> instants = offsets.isEmpty()
                ? Stream.of(shown.atZone(zone).toInstant())
                : offsets.stream().limit(everyHour ? 2 : 1).map(shown::toInstant);
        return instants.filter(after::isBefore).findFirst();
    }

    /** The library is only asked in a zone whose clock is never changed. */
    private Optional<LocalDateTime> nextShown(LocalDateTime after) {
        return times.nextExecution(after.atZone(ZoneOffset.UTC)).map(found -> found.toLocalDateTime());
    }
}
