package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kamalbackup.state.StateFolder;
import dev.kamalbackup.testing.MysqlTestServer;
import dev.kamalbackup.testing.PostgresTestServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Months in minutes: the scheduler with three databases that change, retention and checks, killed again and again. */
class SoakIT {
    private static final int RUNS = 60;
    private static final int KILLS = 10;
    private static final int KEPT = 5;

    /** Garbage the JVM has not collected would hide what stays. */
    private static final long MAY_GROW_BY = 2_000_000;

    private static final String CONFIGURATION = """
            app: shop
            databases:
              - { name: primary, adapter: postgres, url: { secret: DATABASE_URL } }
              - { name: queue, adapter: mysql, url: { secret: QUEUE_URL } }
              - { name: cache, adapter: sqlite, path: cache.sqlite3 }
            paths: [storage]
            restic:
              repository: repository
              password: { secret: RESTIC_PASSWORD }
              check_schedule: 20s
              check_read_data_subset: 1/3
              lock_wait: 20s
              retention: { keep_last: %d, keep_daily: 0, keep_weekly: 0, keep_monthly: 0, keep_yearly: 0 }
            backup: { schedule: 1s }
            state: { path: state }
            """.formatted(KEPT);

    private static final String CHANGE = """
            i=0
            while sleep 0.2; do
                i=$((i + 1))
                sqlite3 cache.sqlite3 "INSERT INTO hits VALUES ($i)"
                head -c 20000 /dev/urandom >"storage/blob$((i % 40))"
            done
            """;

    @TempDir
    private Path folder;

    private final Random moments = new Random(6);

    @Test
    @Timeout(value = 20, unit = TimeUnit.MINUTES)
    void sixtyRunsAndTenDeathsLeaveEverythingInOrder() throws Exception {
        try (PostgresTestServer postgres = PostgresTestServer.start(server("postgres"));
                MysqlTestServer mysql = MysqlTestServer.start(server("mysql"))) {
            postgres.create("shop", "CREATE TABLE users AS SELECT i AS id FROM generate_series(1, 20000) i");
            mysql.create("shop_queue", "CREATE TABLE jobs AS SELECT seq AS id FROM seq_1_to_20000");
            AppFolder app = app(postgres, mysql);
            Process writer = app.startShell(CHANGE);
            try {
                long grown = soak(app);
                assertThat(grown).as("live heap of the scheduler, bytes more").isLessThan(MAY_GROW_BY);
            } finally {
                writer.destroyForcibly().waitFor();
            }
            judge(app);
        }
    }

    /** Returns by how much what lives in the memory of the last scheduler grew. */
    private long soak(AppFolder app) throws Exception {
        for (int kill = 0; kill < KILLS; kill++) {
            int wanted = completeRuns(app) + 2;
            Process scheduler = start(app, kill);
            awaitRuns(app, wanted, scheduler);
            Thread.sleep(moments.nextInt(4_000));
            scheduler.destroyForcibly().waitFor();
        }
        Process scheduler = start(app, KILLS);
        try {
            int first = completeRuns(app) + 3;
            awaitRuns(app, first, scheduler);
            long before = liveBytes(scheduler);
            awaitRuns(app, Math.max(RUNS, first + 10), scheduler);
            return liveBytes(scheduler) - before;
        } finally {
            scheduler.destroy();
            assertThat(scheduler.waitFor(20, TimeUnit.SECONDS))
                    .as("it did not stop")
                    .isTrue();
        }
    }

    private void judge(AppFolder app) throws Exception {
        // Whatever the last death left is cleared up behind by the next run.
        app.ok("backup");
        app.ok("check");
        assertThat(app.run("unlock").out()).doesNotContain("left: ");
        assertThat(app.repository.run("check", "--read-data")).contains("no errors were found");

        List<JsonNode> listed = runs(app);
        assertThat(listed)
                .hasSize(KEPT)
                .allMatch(run -> run.path("whole").asBoolean())
                .allMatch(run ->
                        run.path("databases").size() == 3 && run.path("files").isObject());
        assertThat(app.shell("find state/scratch -mindepth 1 2>/dev/null || true"))
                .isEmpty();
        assertThat(app.state().resolve("run.json")).doesNotExist();
        try (Stream<Path> left = Files.list(app.state())) {
            assertThat(left.map(path -> path.getFileName().toString()))
                    .noneMatch(name -> name.endsWith(".tmp") || name.contains(".new"));
        }
        StateFolder state = new StateFolder(app.state());
        assertThat(state.history().prove().breaks()).isEmpty();
        assertThat(state.history().entries())
                .anyMatch(entry -> entry.path("kind").asText().equals("check"))
                .anyMatch(entry -> entry.path("kind").asText().equals("prune"))
                .anyMatch(entry -> entry.path("outcome").asText().equals("died"));
        assertThat(Files.readString(app.state().resolve("history.jsonl"), StandardCharsets.UTF_8))
                .doesNotContain(PostgresTestServer.PASSWORD);
        assertThat(app.run("status", "--state-only").out())
                .as("nobody makes backups any more")
                .contains("a backup is OVERDUE");
    }

    private static List<JsonNode> runs(AppFolder app) throws Exception {
        JsonNode runs = new ObjectMapper().readTree(app.ok("list", "--json")).path("runs");
        return Stream.iterate(0, i -> i < runs.size(), i -> i + 1)
                .map(runs::get)
                .toList();
    }

    private static Process start(AppFolder app, int number) throws Exception {
        return app.start(app.folder.resolve("out" + number), app.folder.resolve("err" + number), "schedule");
    }

    private static int completeRuns(AppFolder app) {
        return (int) new StateFolder(app.state())
                .history().entries().stream()
                        .filter(entry -> entry.path("kind").asText().equals("backup")
                                && entry.path("outcome").asText().equals("complete"))
                        .count();
    }

    private static void awaitRuns(AppFolder app, int wanted, Process scheduler) throws Exception {
        Instant end = Instant.now().plus(Duration.ofMinutes(8));
        while (completeRuns(app) < wanted) {
            assertThat(scheduler.isAlive()).as("the scheduler ended").isTrue();
            assertThat(Instant.now()).as("no run came to its end").isBefore(end);
            Thread.sleep(200);
        }
    }

    /** What lives after a collection, as the JVM's own tool counts it. */
    private static long liveBytes(Process scheduler) throws Exception {
        Process count = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(scheduler.pid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String histogram = new String(count.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(count.waitFor()).as(histogram).isZero();
        String total = histogram
                .lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(total.strip().split("\\s+", -1)[2]);
    }

    private AppFolder app(PostgresTestServer postgres, MysqlTestServer mysql) throws Exception {
        AppFolder app = AppFolder.create(folder.resolve("shop"), "0.19");
        app.repository.make();
        MixedDatabases.clients(app);
        MixedDatabases.urls(app, postgres, mysql);
        app.shell("sqlite3 cache.sqlite3 'CREATE TABLE hits (x)'; mkdir storage; echo blob >storage/blob");
        return app.configured(CONFIGURATION);
    }

    private Path server(String name) throws Exception {
        return Files.createDirectory(folder.resolve(name));
    }
}
