package dev.kamalbackup.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.error.ToolException;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.spi.AdapterContext;
import dev.kamalbackup.spi.DatabaseAdapter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresAdapterTest {
    @TempDir
    private Path folder;

    private final PostgresAdapter adapter = new PostgresAdapter();

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(DatabaseAdapter.class)).anyMatch(PostgresAdapter.class::isInstance);
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://u:p@db:5433/shop, db:5433/shop",
        "postgresql://u:p%40ss@db/shop, db/shop",
        "postgres://u:a+b@[::1]:5432/shop, ::1:5432/shop",
        "postgres:///shop?host=/run/postgresql, /run/postgresql/shop",
    })
    void showsWhereADatabaseIsAndNoPassword(String url, String location) {
        assertThat(adapter.location(database(url))).isEqualTo(location);
    }

    @ParameterizedTest
    @CsvSource({"mysql://db/shop, must look like", "nonsense, must look like", "postgres://u@db, names no database"})
    void aUrlThatCannotWorkIsAProblemWithoutTheUrlInIt(String url, String message) {
        assertThat(adapter.check(database(url)))
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains(message)
                .doesNotContain(url);
    }

    @Test
    void settingsWithoutAUrlAreLeftToTheEnvironment() {
        assertThat(adapter.check(DatabaseSettings.of("app", "postgres"))).isEmpty();
    }

    @Test
    void choosesTheLowestClientThatIsNotOlderThanTheServer() throws Exception {
        client("14", "pg_dump");
        client("16", "pg_dump");
        client("18", "pg_dump");
        client("18", "psql");

        Command dumper = ((dev.kamalbackup.plan.DumpSource.Program)
                        adapter.planDump(database("postgres://db/shop"), context("150007"))
                                .source())
                .command();

        assertThat(dumper.program()).isEqualTo(folder.resolve("16/bin/pg_dump").toString());
        assertThat(dumper.arguments()).contains("--compress=0").noneMatch(argument -> argument.contains("shop"));
    }

    @Test
    void refusesWhenEveryClientIsOlderThanTheServer() throws Exception {
        client("14", "pg_dump");
        client("14", "psql");

        assertThatThrownBy(() -> adapter.planDump(database("postgres://db/shop"), context("180001")))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("the server is PostgreSQL 18")
                .hasMessageContaining("14");
    }

    @Test
    void fallsBackToThePathAndSaysHowToInstallWhatIsMissing() {
        assertThatThrownBy(() -> adapter.planRestore(database("postgres://db/shop"), context("150000")))
                .isInstanceOf(ToolException.class)
                .extracting(failure -> ((ToolException) failure).hint())
                .asString()
                .contains("apt-get install postgresql-client");
    }

    private void client(String version, String program) throws Exception {
        Path file = folder.resolve(version).resolve("bin").resolve(program);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n").toFile().setExecutable(true);
    }

    private static DatabaseSettings database(String url) {
        return DatabaseSettings.of("app", "postgres").with("url", new Secret(url));
    }

    private AdapterContext context(String serverVersion) {
        return new AdapterContext() {
            @Override
            public Map<String, String> environment() {
                return Map.of("KAMAL_BACKUP_POSTGRES_CLIENT_ROOT", folder.toString());
            }

            @Override
            public Path scratch() {
                return folder;
            }

            @Override
            public Optional<Path> find(String program) {
                return Optional.empty();
            }

            @Override
            public CommandOutput query(Command command, Duration timeout) {
                return new CommandOutput(0, serverVersion + "\n", "");
            }
        };
    }
}
