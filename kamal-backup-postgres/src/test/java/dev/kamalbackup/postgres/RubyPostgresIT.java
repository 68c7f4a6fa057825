package dev.kamalbackup.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.Settings;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.PostgresTestServer;
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
class RubyPostgresIT {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static PostgresTestServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = PostgresTestServer.start(shared);
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
                "fx-pg", folder, repository.settings(folder), List.of(server.settings(database)), List.of());

        Backups.restoreLatest(settings, new PostgresAdapter(), PostgresTestServer.clients());

        assertThat(server.sql(database, "SELECT count(*), count(*) FILTER (WHERE name = 'Ü user ' || id) FROM users"))
                .isEqualTo("501|500");
        assertThat(server.sql(database, "SELECT count(*) FROM reporting.user_emails WHERE email = 'late@example.com'"))
                .isEqualTo("1");
        assertThat(server.sql(database, "SELECT count(*) FROM active_storage_blobs"))
                .isEqualTo("20");
        assertThat(server.sql(database, "SELECT to_regclass('only_here') IS NULL, count(*) FROM schema_migrations"))
                .isEqualTo("t|2");
        server.sql(database, "INSERT INTO users (email) VALUES ('now@example.com')");
        assertThat(server.sql(database, "SELECT name FROM users WHERE email = 'now@example.com'"))
                .as("the trigger works")
                .isEqualTo("?");
        assertThat(server.sql(database, "SELECT length(gen_random_bytes(4))")).isEqualTo("4");
    }
}
