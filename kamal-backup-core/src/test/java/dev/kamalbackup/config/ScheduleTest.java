package dev.kamalbackup.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "15 3 * * *   | 2026-11-24T12:00:00Z | 2026-11-25T02:15:00Z",
                "15 3 * * *   | 2026-11-25T02:14:59Z | 2026-11-25T02:15:00Z",
                "15 3 * * *   | 2026-11-25T02:15:00Z | 2026-11-26T02:15:00Z",
                "*/20 * * * * | 2026-11-24T12:19:59Z | 2026-11-24T12:20:00Z",
                "0 4 * * 7    | 2026-11-24T12:00:00Z | 2026-11-29T03:00:00Z",
                "0 4 * * SUN  | 2026-11-24T12:00:00Z | 2026-11-29T03:00:00Z",
                "0 0 13 * 5   | 2026-11-24T12:00:00Z | 2026-11-26T23:00:00Z",
                "0 0 29 2 *   | 2026-11-24T12:00:00Z | 2028-02-28T23:00:00Z",
                "@daily       | 2026-11-24T12:00:00Z | 2026-11-24T23:00:00Z",
                "@weekly      | 2026-11-24T12:00:00Z | 2026-11-28T23:00:00Z",
            })
    void cronExpressionsComeRoundByTheClockOfTheirZone(String expression, Instant after, Instant next) {
        assertThat(new Schedule.Cron(expression, BERLIN).next(after)).isEqualTo(next);
    }

    @Test
    void aScheduleThatLeavesOutTheWeekendHasLongerAndShorterIntervals() {
        List<Duration> intervals = new Schedule.Cron("0 4 * * 1-5", BERLIN).intervals(NOW, 30);

        assertThat(intervals).hasSize(30).containsOnly(Duration.ofDays(1), Duration.ofDays(3));
        assertThat(new Schedule.Every(Duration.ofHours(6)).intervals(NOW, 3)).containsOnly(Duration.ofHours(6));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // The clock is put forward from 02:00 to 03:00: what would be at 02:30 is at 03:30, once.
                "30 2 * * *   | 2026-03-28T12:00:00Z | 2026-03-29T01:30:00Z,2026-03-30T00:30:00Z",
                "0 * * * *    | 2026-03-28T23:30:00Z | 2026-03-29T00:00:00Z,2026-03-29T01:00:00Z,2026-03-29T02:00:00Z",
                "*/30 * * * * | 2026-03-29T00:30:00Z | 2026-03-29T01:00:00Z,2026-03-29T01:30:00Z,2026-03-29T02:00:00Z",
                // It is put back from 03:00 to 02:00: 02:30 comes twice and is kept the first time.
                "30 2 * * *   | 2026-10-24T12:00:00Z | 2026-10-25T00:30:00Z,2026-10-26T01:30:00Z",
                "30 2 * * *   | 2026-10-25T00:45:00Z | 2026-10-26T01:30:00Z",
                "0 2,3 * * *  | 2026-10-24T12:00:00Z | 2026-10-25T00:00:00Z,2026-10-25T02:00:00Z",
                // Every hour means every hour.
                "0 * * * *    | 2026-10-24T23:30:00Z | 2026-10-25T00:00:00Z,2026-10-25T01:00:00Z,2026-10-25T02:00:00Z",
                "*/30 * * * * | 2026-10-25T00:00:00Z | 2026-10-25T00:30:00Z,2026-10-25T01:00:00Z,2026-10-25T01:30:00Z",
            })
    void aChangedClockNeitherLosesNorDoublesATime(String expression, Instant after, String expected) {
        Schedule schedule = new Schedule.Cron(expression, BERLIN);
        List<String> times = new ArrayList<>();
        Instant time = after;
        for (int i = 0; i < expected.split(",").length; i++) {
            time = schedule.next(time);
            times.add(time.toString());
        }
        assertThat(times).containsExactly(expected.split(","));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "61 * * * *", "0 3 * *", "0 0 3 * * *", "0 0 30 2 *", "@reboot"})
    void whatIsNoExpressionOrNeverComesIsRefused(String expression) {
        assertThatThrownBy(() -> new Schedule.Cron(expression, BERLIN)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anIntervalGoesOnFromTheTimeThatWasKeptNotFromTheDelayedStart() {
        Schedule schedule = new Schedule.Every(Duration.ofHours(6));

        assertThat(schedule.next(NOW)).isEqualTo(NOW.plus(Duration.ofHours(6)));
        assertThat(schedule.newest(NOW, NOW.plus(Duration.ofMinutes(361)))).isEqualTo(NOW.plus(Duration.ofHours(6)));
        assertThat(schedule.newest(NOW, NOW.plus(Duration.ofDays(3)).plusSeconds(5)))
                .as("of what was missed only the newest is made up for")
                .isEqualTo(NOW.plus(Duration.ofDays(3)));
    }

    @Test
    void whatWasNeverDoneOrDoneInTheFutureIsDueNow() {
        Schedule schedule = new Schedule.Every(Duration.ofDays(1));

        assertThat(schedule.due(Optional.empty(), NOW)).isEqualTo(NOW);
        assertThat(schedule.due(Optional.of(NOW.plus(Duration.ofDays(300))), NOW))
                .isEqualTo(NOW);
        assertThat(schedule.due(Optional.of(NOW.plusSeconds(60)), NOW))
                .isEqualTo(NOW.plusSeconds(60).plus(Duration.ofDays(1)));
    }

    @Test
    void schedulesSayWhatTheyAre() {
        assertThat(new Schedule.Every(Duration.ofMinutes(90))).hasToString("every 90m");
        assertThat(new Schedule.Every(Duration.ofDays(7))).hasToString("every 7d");
        assertThat(new Schedule.Cron("15 3 * * *", BERLIN)).hasToString("15 3 * * * (Europe/Berlin)");
    }
}
