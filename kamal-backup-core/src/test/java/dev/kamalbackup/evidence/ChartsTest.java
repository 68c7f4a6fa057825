package dev.kamalbackup.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChartsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final ChartAxis axis = new ChartAxis(NOW);

    @Test
    void theLastDayIsTodayAndTheFirstIsEightyNineDaysBefore() {
        assertThat(axis.day(NOW)).isEqualTo(ChartAxis.DAYS - 1);
        assertThat(axis.date(0)).isEqualTo("2026-08-26");
        assertThat(axis.shows(Instant.parse("2026-08-26T00:00:00Z"))).isTrue();
        assertThat(axis.shows(Instant.parse("2026-08-25T23:59:59Z"))).isFalse();
        assertThat(axis.shows(Instant.parse("2026-11-24T00:00:00Z"))).isFalse();
    }

    @Test
    void aDayWithOneFailureIsACrossAndTheOthersAreDots() {
        List<PastEvent> events = List.of(
                event("backup", NOW, "complete"),
                event("backup", NOW.minusSeconds(3600), "died"),
                event("backup", NOW.minus(Duration.ofDays(1)), "complete"),
                event("backup", NOW.minus(Duration.ofDays(200)), "failed"),
                event("check", NOW, "ok"));

        String svg = new TimelineChart(new Chronicle(events, Map.of(), 0), axis).svg();

        assertThat(svg)
                .contains("<title>2026-11-23, backups: 1 good, 1 not</title>")
                .contains("<title>2026-11-22, backups: 1 good</title>")
                .contains("backups: 2 good, 1 not; restores: 0 good, 0 not; drills: 0 good, 0 not; checks: 1 good");
        assertThat(svg.split("class=\"bad\"", -1)).hasSize(2);
        assertThat(svg.split("<circle", -1)).hasSize(3);
    }

    @Test
    void ofEachDayTheNewestCompleteRunIsDrawn() {
        List<KnownRun> runs = List.of(
                run(NOW, true, OptionalLong.of(3000)),
                run(NOW.minusSeconds(3600), true, OptionalLong.of(1)),
                run(NOW.minus(Duration.ofDays(1)), false, OptionalLong.of(9)),
                run(NOW.minus(Duration.ofDays(2)), true, OptionalLong.empty()),
                run(NOW.minus(Duration.ofDays(3)), true, OptionalLong.of(1000)));

        String svg = new SizeChart(runs, axis).htmlOr("nothing");

        assertThat(svg)
                .contains("Between 1000 B and 2.9 KiB on 2 days.")
                .contains("<title>2026-11-23: 2.9 KiB</title>");
        assertThat(svg.split("<circle", -1)).hasSize(3);
        assertThat(new SizeChart(List.of(), axis).htmlOr("nothing <yet>")).contains("nothing &lt;yet&gt;");
    }

    @ParameterizedTest
    @CsvSource({"0,1 B", "4,1 B", "5,2 B", "3000,1 KiB", "2100,1 KiB", "1999,500 B", "5000000000,2 GiB"})
    void theScaleHasRoundNumbers(long largest, String step) {
        String svg = new SizeChart(List.of(run(NOW, true, OptionalLong.of(largest))), axis).htmlOr("");

        assertThat(svg).contains(">" + step + "</text>");
    }

    private static PastEvent event(String kind, Instant at, String outcome) {
        return new PastEvent(
                kind,
                at,
                Optional.empty(),
                outcome,
                Optional.empty(),
                OptionalLong.empty(),
                List.of(),
                Map.of(),
                new ArrayList<>(),
                "");
    }

    private static KnownRun run(Instant time, boolean whole, OptionalLong bytes) {
        return new KnownRun("x", time, "complete", whole, false, bytes, List.of());
    }
}
