package dev.kamalbackup.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.DumpException;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.plan.DumpSource;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.spi.AdapterContext;
import dev.kamalbackup.spi.DatabaseAdapter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MysqlAdapterTest {
    private final MysqlAdapter adapter = new MysqlAdapter();

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(DatabaseAdapter.class)).anyMatch(MysqlAdapter.class::isInstance);
    }

    @ParameterizedTest
    @CsvSource({
        "mysql://u:p@db:3307/shop, db:3307/shop",
        "mysql2://u:p%40ss@db/shop, db/shop",
        "mariadb://u:a+b@[::1]:3306/shop, ::1:3306/shop",
        "mysql2:///shop?socket=/run/mysqld/mysqld.sock, /run/mysqld/mysqld.sock/shop",
    })
    void showsWhereADatabaseIsAndNoPassword(String url, String location) {
        assertThat(adapter.location(database(url))).isEqualTo(location);
    }

    @ParameterizedTest
    @CsvSource({"postgres://db/shop, must look like", "nonsense, must look like", "mysql://u@db, names no database"})
    void aUrlThatCannotWorkIsAProblemWithoutTheUrlInIt(String url, String message) {
        assertThat(adapter.check(database(url)))
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains(message)
                .doesNotContain(url);
    }

    @Test
    void aMySqlServerIsNeverDumpedWithMariaDbsTool() {
        assertThatThrownBy(() -> adapter.planDump(
                        database("mysql://db/shop"), context(Map.of(), "8.0.36", "mysqldump from MariaDB 10.11")))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("generated columns do not load into MySQL");
    }

    @Test
    void eachToolGetsTheOptionsThatOnlyItKnows() {
        assertThat(arguments("8.0.36", "mysqldump  Ver 8.0.36")).contains("--set-gtid-purged=OFF");
        assertThat(arguments("10.11.6-MariaDB", "mysqldump  Ver 8.0.36")).contains("--column-statistics=0");
        assertThat(arguments("10.11.6-MariaDB", "mariadb-dump from 10.11-MariaDB"))
                .doesNotContain("--column-statistics=0", "--set-gtid-purged=OFF")
                .startsWith("--no-defaults");
    }

    @Test
    void connectsByTheEnvironmentWithMySqlsVariablesFirst() {
        Map<String, String> environment = Map.of(
                "MYSQL_HOST", "first", "MARIADB_HOST", "second", "MARIADB_DATABASE", "shop", "MARIADB_USER", "me");
        DumpSource.Program source = (DumpSource.Program)
                adapter.planDump(DatabaseSettings.of("app", "mysql"), context(environment, "10.11-MariaDB", "MariaDB"))
                        .source();

        assertThat(source.command().arguments())
                .contains("--host=first", "--user=me")
                .endsWith("shop");
    }

    @Test
    void aDatabaseWithoutANameIsRefused() {
        assertThatThrownBy(() ->
                        adapter.planDump(DatabaseSettings.of("app", "mysql"), context(Map.of(), "10.11-MariaDB", "")))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("no database is named");
    }

    private java.util.List<String> arguments(String server, String tool) {
        DumpSource.Program source = (DumpSource.Program) adapter.planDump(
                        database("mysql://db/shop"), context(Map.of("MYSQL_DUMP_BIN", "/opt/dump"), server, tool))
                .source();
        return source.command().arguments();
    }

    private static DatabaseSettings database(String url) {
        return DatabaseSettings.of("app", "mysql").with("url", new Secret(url));
    }

    private static AdapterContext context(Map<String, String> environment, String server, String tool) {
        return new AdapterContext() {
            @Override
            public Map<String, String> environment() {
                return new HashMap<>(environment);
            }

            @Override
            public Path scratch() {
                return Path.of("/scratch");
            }

            @Override
            public Optional<Path> find(String program) {
                return Optional.of(Path.of("/usr/bin", program));
            }

            @Override
            public CommandOutput query(Command command, Duration timeout) {
                return new CommandOutput(0, command.arguments().contains("--version") ? tool : server, "");
            }
        };
    }
}
