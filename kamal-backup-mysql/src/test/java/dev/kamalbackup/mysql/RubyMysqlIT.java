package dev.kamalbackup.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.Settings;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.MysqlTestServer;
import dev.kamalbackup.testing.RubyRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the Ruby version dumped, in every era, comes back through this adapter. */
class RubyMysqlIT {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static MysqlTestServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = MysqlTestServer.start(shared);
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(RubyRepository.class)
    void theNewestDumpComesBack(RubyRepository repository) throws Exception {
        String database = server.create(repository.name().toLowerCase(Locale.ROOT), "CREATE TABLE only_here (x int)");
        Settings settings = Backups.settings(
                "fx-my", folder, repository.settings(folder), List.of(server.settings(database)), List.of());

        Backups.restoreLatest(settings, new MysqlAdapter(), server.kind.environment());

        assertThat(server.sql(database, "SELECT COUNT(*), SUM(name = CONCAT('Ü user ', id)) FROM users"))
                .isEqualTo("501\t500");
        assertThat(server.sql(database, "SELECT COUNT(*) FROM users WHERE email = 'late@example.com'"))
                .isEqualTo("1");
        assertThat(server.sql(database, "SELECT COUNT(*) FROM active_storage_blobs"))
                .isEqualTo("20");
        assertThat(server.sql(database, "SHOW TABLES LIKE 'only_here'")).isEmpty();
        assertThat(
                        server.sql(
                                database,
                                "SELECT (SELECT COUNT(*) FROM information_schema.views WHERE table_schema = DATABASE()),"
                                        + " (SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema = DATABASE()),"
                                        + " (SELECT COUNT(*) FROM information_schema.routines WHERE routine_schema = DATABASE())"))
                .isEqualTo("1\t1\t1");
    }
}
