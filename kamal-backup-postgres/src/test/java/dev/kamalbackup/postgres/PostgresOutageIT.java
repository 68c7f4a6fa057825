package dev.kamalbackup.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.run.BackupResult;
import dev.kamalbackup.run.PartOutcome;
import dev.kamalbackup.testing.InTheMiddle;
import dev.kamalbackup.testing.PostgresTestServer;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to a backup while its database is being read. */
class PostgresOutageIT {
    /** Far more than fits into the pipes and buffers on the way. */
    private static final String MUCH =
            "CREATE TABLE much AS SELECT i, repeat(md5(i::text), 20) FROM" + " generate_series(1, 60000) i";

    @TempDir
    private Path folder;

    @Test
    void aServerThatStopsInTheMiddleFailsThePartAndLeavesNoSnapshot() throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        try (PostgresTestServer server = PostgresTestServer.start(folder)) {
            server.create("much", MUCH);

            BackupResult result = backup(server.settings("much"), repository, server::crash);

            assertThat(result.parts())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            PartOutcome.Failed.class,
                            failed -> assertThat(failed.reason())
                                    .contains("pg_dump ended with exit code 1")
                                    .contains("much"));
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(repository.snapshots()).isEmpty();
        }
    }

    @Test
    void noCommandLineHoldsThePasswordWhileTheDumpRuns() throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        List<String> commandLines = new ArrayList<>();
        String password = "canary-in-command-lines";
        try (PostgresTestServer server = PostgresTestServer.start(folder)) {
            server.create("much", MUCH);
            server.sql("much", "CREATE ROLE app SUPERUSER LOGIN PASSWORD '" + password + "'");

            BackupResult result = backup(
                    server.settings("much", "app", password),
                    repository,
                    () -> commandLines.addAll(InTheMiddle.commandLines()));

            assertThat(result.complete()).as("%s", result).isTrue();
            assertThat(commandLines)
                    .anyMatch(line -> line.contains("pg_dump"))
                    .noneMatch(line -> line.contains(password) || line.contains(TestRepository.PASSWORD));
        }
    }

    private BackupResult backup(DatabaseSettings database, TestRepository repository, Runnable inTheMiddle) {
        return InTheMiddle.of(
                new PostgresAdapter(), PostgresTestServer.clients(), folder, database, repository, inTheMiddle);
    }
}
