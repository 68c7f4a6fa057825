package dev.kamalbackup.retention;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.catalog.RecordedRun.Completeness;
import dev.kamalbackup.config.RetentionSettings;
import dev.kamalbackup.testing.SnapshotWriter;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Restic itself says which runs stay: thousands of histories at once, one host name for each. */
class RetentionOracleIT {
    private static final int HISTORIES = 300;
    private static final Instant LATEST = Instant.parse("2026-11-01T00:00:00Z");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "3, 0, 0, 0, 0, 0, '', UTC",
        "7, 0, 7, 4, 6, 2, '', Europe/Berlin",
        "0, 5, 3, 0, 0, 0, '', Europe/Berlin",
        "0, 0, 0, 5, 0, 3, '', America/New_York",
        "0, 24, 0, 0, 12, 0, '', Australia/Lord_Howe",
        "0, 0, 0, 0, 0, 0, 1m3d5h, Europe/Berlin",
        "2, 3, 4, 5, 6, 7, 40d, America/New_York",
        "1, 0, 30, 0, 0, 0, 1y2m, UTC",
    })
    void theSameRunsStay(
            int last, int hourly, int daily, int weekly, int monthly, int yearly, String within, String zone)
            throws Exception {
        RetentionSettings rules = new RetentionSettings(last, hourly, daily, weekly, monthly, yearly, within);
        Random random = new Random(rules.hashCode());
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        SnapshotWriter writer = new SnapshotWriter(folder.resolve("repository"), repository);
        Map<String, List<RecordedRun>> histories = new HashMap<>();
        for (int i = 0; i < HISTORIES; i++) {
            List<RecordedRun> runs = history(random);
            histories.put("app" + i, runs);
            for (RecordedRun run : runs) {
                if (run.completeness().isWhole()) {
                    writer.write(
                            run.id().time().atZone(ZoneId.of(zone)).toOffsetDateTime(), "app" + i, List.of("app:shop"));
                }
            }
        }

        Map<String, Set<Instant>> kept = resticKeeps(repository, rules, zone);

        assertThat(kept).hasSize(HISTORIES);
        Retention retention = new Retention(rules, ZoneId.of(zone));
        histories.forEach((app, runs) -> assertThat(ours(retention, runs))
                .as("%s with the rules %s in %s: %s", app, rules, zone, runs)
                .isEqualTo(kept.get(app)));
    }

    private static Set<Instant> ours(Retention retention, List<RecordedRun> runs) {
        Set<Instant> kept = new TreeSet<>();
        retention.judge(runs, runs.get(0).id().time()).stream()
                .filter(Verdict::stays)
                .filter(verdict -> verdict.run().completeness().isWhole())
                .forEach(verdict -> kept.add(verdict.run().id().time()));
        return kept;
    }

    /** Irregular, with runs at the edges of hours and days, and around the hours in which clocks are changed. */
    private static List<RecordedRun> history(Random random) {
        List<RecordedRun> runs = new ArrayList<>();
        long time = Instant.parse("2020-01-01T00:00:00Z").getEpochSecond() + random.nextInt(170_000_000);
        if (random.nextInt(3) == 0) {
            time = Instant.parse(random.nextBoolean() ? "2026-10-25T00:00:00Z" : "2026-03-08T06:00:00Z")
                    .getEpochSecond();
        }
        int number = 1 + random.nextInt(40);
        int usual = new int[] {600, 3_600, 21_600, 86_400, 604_800}[random.nextInt(5)];
        // Restic counts no snapshot of the future; ours are refused before.
        for (int i = 0; i < number && (i == 0 || time < LATEST.getEpochSecond()); i++) {
            Completeness completeness =
                    i > 0 && random.nextInt(8) == 0 ? Completeness.INCOMPLETE : Completeness.COMPLETE;
            runs.add(Histories.run(Instant.ofEpochSecond(time), completeness));
            time += 1 + random.nextInt(2 * usual);
            if (random.nextInt(4) == 0) {
                time = time / 3_600 * 3_600 + 3_600 + (random.nextBoolean() ? 0 : -1);
            }
            if (random.nextInt(30) == 0) {
                time += random.nextInt(20_000_000);
            }
        }
        runs.sort(Comparator.comparing(RecordedRun::id).reversed());
        // Of two runs in one second there is only one id.
        List<RecordedRun> distinct = new ArrayList<>();
        for (RecordedRun run : runs) {
            if (distinct.isEmpty() || !distinct.get(distinct.size() - 1).id().equals(run.id())) {
                distinct.add(run);
            }
        }
        return distinct;
    }

    private static Map<String, Set<Instant>> resticKeeps(
            TestRepository repository, RetentionSettings rules, String zone) throws Exception {
        List<String> arguments = new ArrayList<>(List.of("forget", "--dry-run", "--json", "--group-by", "host"));
        add(arguments, "last", rules.last());
        add(arguments, "hourly", rules.hourly());
        add(arguments, "daily", rules.daily());
        add(arguments, "weekly", rules.weekly());
        add(arguments, "monthly", rules.monthly());
        add(arguments, "yearly", rules.yearly());
        if (!rules.within().isEmpty()) {
            arguments.add("--keep-within=" + rules.within());
        }
        String answer = repository.runIn(zone, arguments.toArray(String[]::new));
        Map<String, Set<Instant>> kept = new HashMap<>();
        for (JsonNode group : new ObjectMapper().readTree(answer)) {
            Set<Instant> times = new TreeSet<>();
            group.path("keep")
                    .forEach(snapshot -> times.add(
                            java.time.OffsetDateTime.parse(snapshot.path("time").asText())
                                    .toInstant()));
            kept.put(group.path("host").asText(), times);
        }
        return kept;
    }

    private static void add(List<String> arguments, String rule, int number) {
        if (number > 0) {
            arguments.add("--keep-" + rule + "=" + number);
        }
    }
}
