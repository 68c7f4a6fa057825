package dev.kamalbackup.retention;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.catalog.RecordedRun.Completeness;
import dev.kamalbackup.config.RetentionSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Cases worked out by hand; {@link RetentionOracleIT} compares with restic itself. */
class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final ZoneId UTC = ZoneId.of("UTC");

    @Test
    void theNewestOfEachDayStaysAndTheReasonIsTold() {
        assertThat(judged(
                        rules(0, 0, 2, 0, 0, 0, ""),
                        "2026-11-24T09:00:00Z",
                        "2026-11-24T03:00:00Z",
                        "2026-11-23T21:00:00Z",
                        "2026-11-23T09:00:00Z",
                        "2026-11-20T09:00:00Z"))
                .containsExactly("[daily 2026-11-24]", "[]", "[daily 2026-11-23]", "[]", "[]");
    }

    @Test
    void aRuleThatIsNotFilledKeepsTheOldestRun() {
        assertThat(judged(
                        rules(0, 0, 0, 0, 3, 0, ""),
                        "2026-11-24T09:00:00Z",
                        "2026-11-10T09:00:00Z",
                        "2026-11-02T09:00:00Z"))
                .containsExactly("[monthly 2026-11]", "[]", "[monthly 2026-11]");
    }

    @Test
    void weeksAreThoseOfTheIsoCalendar() {
        assertThat(judged(
                        rules(0, 0, 0, 2, 0, 0, ""),
                        "2027-01-03T09:00:00Z",
                        "2026-12-31T09:00:00Z",
                        "2026-12-27T09:00:00Z",
                        "2026-12-20T09:00:00Z"))
                .as("the third of January 2027 is a Sunday of the week that began in December")
                .containsExactly("[weekly 2026-W53]", "[]", "[weekly 2026-W52]", "[]");
    }

    @Test
    void aDayBeginsByTheClockOfTheZone() {
        List<RecordedRun> runs = Stream.of("2026-11-23T23:30:00Z", "2026-11-23T22:30:00Z")
                .map(Histories::complete)
                .toList();
        RetentionSettings daily = rules(0, 0, 5, 0, 0, 0, "");

        assertThat(reasons(new Retention(daily, ZoneId.of("Europe/Berlin")).judge(runs, NOW)))
                .containsExactly("[daily 2026-11-24]", "[daily 2026-11-23]");
        assertThat(reasons(new Retention(rules(0, 0, 1, 0, 0, 0, ""), UTC).judge(runs, NOW)))
                .containsExactly("[daily 2026-11-23]", "[]");
    }

    @Test
    void withinIsCountedFromTheNewestRun() {
        assertThat(judged(
                        rules(0, 0, 0, 0, 0, 0, "1m2d3h"),
                        "2026-03-31T12:00:00Z",
                        "2026-03-01T09:00:01Z",
                        "2026-03-01T09:00:00Z",
                        "2025-01-01T00:00:00Z"))
                .as("a month before March 31 is the third of March, as restic counts")
                .containsExactly("[within 1m2d3h]", "[within 1m2d3h]", "[]", "[]");
    }

    @Test
    void incompleteRunsFillNoRuleAndStayForAWhile() {
        Instant newest = NOW.minus(Duration.ofDays(1));
        List<RecordedRun> runs = List.of(
                Histories.run(NOW.minusSeconds(60), Completeness.INCOMPLETE),
                Histories.run(newest, Completeness.COMPLETE),
                Histories.run(NOW.minus(Duration.ofDays(2)), Completeness.INCOMPLETE),
                Histories.run(NOW.minus(Duration.ofDays(3)), Completeness.COMPLETE_INFERRED),
                Histories.run(NOW.minus(Duration.ofDays(8)), Completeness.INCOMPLETE_INFERRED));

        assertThat(reasons(new Retention(rules(2, 0, 0, 0, 0, 0, ""), UTC).judge(runs, NOW)))
                .containsExactly(
                        "[incomplete, but newer than every complete run]",
                        "[last 1]",
                        "[incomplete, for 7 days]",
                        "[last 2]",
                        "[]");
    }

    @Test
    void whileNoRunIsCompleteNoneGoes() {
        List<RecordedRun> runs = List.of(
                Histories.run(NOW.minus(Duration.ofDays(50)), Completeness.INCOMPLETE),
                Histories.run(NOW.minus(Duration.ofDays(60)), Completeness.INCOMPLETE));

        assertThat(new Retention(rules(1, 0, 0, 0, 0, 0, ""), UTC).judge(runs, NOW))
                .allMatch(Verdict::stays);
    }

    @Test
    void safetyBackupsFillNoRuleAndStayForAMonth() {
        List<RecordedRun> runs = List.of(
                Histories.safety(NOW.minus(Duration.ofDays(1))),
                Histories.run(NOW.minus(Duration.ofDays(2)), Completeness.COMPLETE),
                Histories.safety(NOW.minus(Duration.ofDays(30))));

        assertThat(reasons(new Retention(rules(1, 0, 0, 0, 0, 0, ""), UTC).judge(runs, NOW)))
                .containsExactly("[what a restore replaced, for 30 days]", "[last 1]", "[]");
    }

    private static RetentionSettings rules(
            int last, int hourly, int daily, int weekly, int monthly, int yearly, String within) {
        return new RetentionSettings(last, hourly, daily, weekly, monthly, yearly, within);
    }

    private static List<String> judged(RetentionSettings rules, String... times) {
        return reasons(new Retention(rules, UTC)
                .judge(Stream.of(times).map(Histories::complete).toList(), NOW));
    }

    private static List<String> reasons(List<Verdict> verdicts) {
        return verdicts.stream().map(verdict -> verdict.reasons().toString()).toList();
    }
}
