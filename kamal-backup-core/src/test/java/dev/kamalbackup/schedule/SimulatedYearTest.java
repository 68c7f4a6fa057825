package dev.kamalbackup.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.Schedule;
import java.time.Duration;
import java.time.ZoneId;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Many years pass in a moment, with failures, outages, restarts and clocks that jump. */
class SimulatedYearTest {
    private static final Duration YEAR = Duration.ofDays(365);
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    static Stream<Arguments> years() {
        return Stream.of(
                Arguments.of(new Schedule.Every(Duration.ofHours(6)), 1L),
                Arguments.of(new Schedule.Every(Duration.ofHours(6)), 2L),
                Arguments.of(new Schedule.Every(Duration.ofDays(1)), 3L),
                Arguments.of(new Schedule.Every(Duration.ofMinutes(17)), 4L),
                Arguments.of(new Schedule.Cron("30 2 * * *", BERLIN), 5L),
                Arguments.of(new Schedule.Cron("5 */4 * * *", ZoneId.of("America/New_York")), 6L));
    }

    @ParameterizedTest
    @MethodSource("years")
    void noRunIsLostOrDoubledEveryFailureIsRecordedAndRetriesAreBounded(Schedule schedule, long seed) {
        SimulatedYear year = new SimulatedYear(schedule, Duration.ofMinutes(10), seed);

        year.pass(YEAR);

        assertThat(year.complaints()).as("seed %d", seed).isEmpty();
        assertThat(year.recordedFailures()).isEqualTo(year.failures());
        assertThat(year.completeRuns()).as("a year with something in it").isGreaterThan(200);
        assertThat(year.failures()).isGreaterThan(20);
        assertThat(year.restarts()).isGreaterThan(50);
        assertThat(year.clockJumps()).isGreaterThan(5);
    }

    @Test
    void aYearWithoutTroubleKeepsEveryTimeExactly() {
        SimulatedYear year = new SimulatedYear(new Schedule.Every(Duration.ofHours(6)), Duration.ZERO, 0).untroubled();

        year.pass(YEAR);

        assertThat(year.completeRuns()).isEqualTo(4 * 365);
        assertThat(year.complaints()).isEmpty();
        assertThat(year.largestDelay()).as("nothing adds up").isLessThanOrEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void oneThatNeverSucceedsIsTriedSixTimesForEachTimeAndNoMore() {
        SimulatedYear year = new SimulatedYear(new Schedule.Every(Duration.ofHours(6)), Duration.ZERO, 0)
                .untroubled()
                .failing();

        year.pass(Duration.ofDays(30));

        assertThat(year.completeRuns()).isZero();
        assertThat(year.failures()).isBetween(119 * 6, 121 * 6);
        assertThat(year.recordedFailures()).isEqualTo(year.failures());
    }
}
