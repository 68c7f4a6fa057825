package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.testing.TestRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Production's backups on a laptop: its repository and secrets through the real Kamal, the laptop's own targets. */
class FromProductionIT {
    @TempDir
    private Path folder;

    @Test
    void productionComesOntoTheLaptopAndStaysAsItIs() throws Exception {
        try (KamalLab lab = KamalLab.start(folder, 1)) {
            // What the laptop knows of production is what Kamal tells it.
            lab.checkout.with("RESTIC_PASSWORD", "not-this-one");
            Path data = Files.createDirectories(lab.host().container("data/storage"))
                    .getParent();
            lab.checkout.shell("sqlite3 '" + data
                    + "/main.sqlite3' \"CREATE TABLE t (x); INSERT INTO t VALUES ('main')\"" + "; sqlite3 '" + data
                    + "/queue.sqlite3' \"CREATE TABLE t (x); INSERT INTO t VALUES ('queue')\"");
            Files.writeString(data.resolve("storage/blob"), "of production");
            configure(lab, data);
            assertThat(lab.checkout.run("backup", "-d", "").exitCode()).isNotZero();
            lab.checkout.ok("-c", "config/deploy.yml", "backup");
            laptop(lab);

            CliLab.Answer plan = lab.checkout.run("-c", "config/deploy.yml", "restore", "local", "--dry-run");
            assertThat(plan.exitCode()).as("%s", plan).isZero();
            assertThat(plan.out())
                    .contains(
                            "database primary", "database queue", lab.checkout.folder + "/storage/development.sqlite3")
                    .contains("files " + data.resolve("storage"), lab.checkout.folder + "/uploads");

            lab.checkout.ok("restore", "local", "-c", "config/deploy.yml", "--yes");

            assertThat(lab.checkout.shell("sqlite3 storage/development.sqlite3 'SELECT x FROM t'; "
                            + "sqlite3 storage/queue.sqlite3 'SELECT x FROM t'; cat uploads/blob"))
                    .isEqualTo("main\nqueue\nof production");
            assertThat(lab.checkout.shell("sqlite3 '" + data + "/main.sqlite3' 'SELECT x FROM t'"))
                    .isEqualTo("main\n");
            CliLab.Answer drill = lab.checkout.run("drill", "local", "-c", "config/deploy.yml", "--yes");
            assertThat(drill.exitCode()).as("%s", drill).isZero();
            assertThat(drill.toString() + plan).doesNotContain(TestRepository.PASSWORD);
        }
    }

    private static void configure(KamalLab lab, Path data) throws Exception {
        String shared = """
                app: shop
                databases:
                  - { name: primary, adapter: sqlite, path: %1$s/main.sqlite3 }
                  - { name: queue, adapter: sqlite, path: %1$s/queue.sqlite3 }
                paths: [%1$s/storage]
                restic: { repository: %2$s, password: { secret: RESTIC_PASSWORD }, init_if_missing: true }
                state: { path: %1$s/state }
                """.formatted(data, lab.checkout.folder.resolve("repository"));
        lab.checkout.configured(shared);
        Files.writeString(lab.host().container("config/kamal-backup.yml"), shared);
    }

    private static void laptop(KamalLab lab) throws Exception {
        Files.writeString(lab.checkout.folder.resolve("config/database.yml"), """
                development:
                  primary: { adapter: sqlite3, database: storage/development.sqlite3 }
                  queue: { adapter: sqlite3, database: storage/queue.sqlite3 }
                """);
        Files.writeString(lab.checkout.folder.resolve("config/kamal-backup.local.yml"), "paths: [uploads]\n");
        lab.checkout.shell("mkdir storage; sqlite3 storage/development.sqlite3 'CREATE TABLE mine (x)'");
    }
}
