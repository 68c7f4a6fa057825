package dev.kamalbackup.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.redact.Secret;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The one database that variables describe. */
class SingleDatabaseTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "postgres, PGHOST, host",
        "postgres, PGPORT, port",
        "postgres, PGUSER, user",
        "postgres, PGSSLMODE, sslmode",
        "postgres, PGSSLROOTCERT, sslrootcert",
        "postgres, PGSSLCERT, sslcert",
        "postgres, PGSSLKEY, sslkey",
        "postgres, PGCONNECT_TIMEOUT, connect_timeout",
        "postgres, PGPASSFILE, passfile",
        "mysql, MYSQL_HOST, host",
        "mysql, MYSQL_PORT, port",
        "mysql, MYSQL_USER, user",
        "mysql, MARIADB_HOST, host",
        "mysql, MARIADB_PORT, port",
        "mysql, MARIADB_USER, user",
    })
    void everyVariableReachesItsOption(String adapter, String variable, String option) {
        assertThat(lab(adapter).set(variable, " 42 ").read().databases().get(0).options())
                .isEqualTo(Map.of("database", "shop", option, "42"));
    }

    @ParameterizedTest
    @CsvSource({"postgres, PGPASSWORD", "mysql, MYSQL_PWD", "mysql, MYSQL_PASSWORD", "mysql, MARIADB_PASSWORD"})
    void everyPasswordIsASecret(String adapter, String variable) {
        assertThat(lab(adapter)
                        .set(variable, "swordfish")
                        .read()
                        .databases()
                        .get(0)
                        .secrets())
                .isEqualTo(Map.of("password", new Secret("swordfish")));
    }

    @Test
    void mysqlsVariablesComeBeforeMariadbs() {
        DatabaseSettings database = lab("mysql")
                .set("MARIADB_HOST", "maria")
                .set("MYSQL_HOST", "my")
                .set("MARIADB_PASSWORD", "one1")
                .set("MYSQL_PASSWORD", "two2")
                .set("MYSQL_PWD", "three")
                .read()
                .databases()
                .get(0);
        assertThat(database.option("host")).contains("my");
        assertThat(database.secret("password")).contains(new Secret("three"));
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://db/shop, postgres",
        "postgresql://db/shop, postgres",
        "mysql2://db/shop, mysql",
        "mariadb://db/shop, mysql",
        "MYSQL://db/shop, mysql"
    })
    void theUrlTellsTheAdapter(String url, String adapter) {
        DatabaseSettings database =
                bare().set("DATABASE_URL", url).read().databases().get(0);
        assertThat(database.name()).isEqualTo("app");
        assertThat(database.adapter()).isEqualTo(adapter);
        assertThat(database.secret("url")).contains(new Secret(url));
    }

    @ParameterizedTest
    @CsvSource({"PostgreSQL, postgres", "MariaDB, mysql", "mysql2, mysql"})
    void theAdapterMayHaveAnyOfItsNames(String word, String id) {
        assertThat(bare().set("DATABASE_ADAPTER", word)
                        .set("DATABASE_URL", "x://db/shop")
                        .read()
                        .databases()
                        .get(0)
                        .adapter())
                .isEqualTo(id);
    }

    @Test
    void withAUrlOnlyWhatAUrlCannotSayIsTakenFromOtherVariables() {
        DatabaseSettings database = bare().set("DATABASE_URL", "postgres://me@db/shop")
                .set("PGHOST", "elsewhere")
                .set("PGDATABASE", "other")
                .set("PGPASSWORD", "swordfish")
                .set("PGSSLMODE", "verify-full")
                .read()
                .databases()
                .get(0);
        assertThat(database.options()).isEqualTo(Map.of("sslmode", "verify-full"));
        assertThat(database.secret("password")).contains(new Secret("swordfish"));
    }

    @Test
    void whatBelongsToAnotherAdapterIsIgnored() {
        assertThat(lab("postgres")
                        .set("MYSQL_HOST", "my")
                        .set("SQLITE_DATABASE_PATH", "/x")
                        .read()
                        .databases())
                .containsExactly(DatabaseSettings.of("app", "postgres").with("database", "shop"));
        assertThat(bare().set("DATABASE_ADAPTER", "sqlite3")
                        .set("SQLITE_DATABASE_PATH", "/x")
                        .set("DATABASE_URL", "postgres://db/shop")
                        .read()
                        .databases())
                .containsExactly(DatabaseSettings.of("app", "sqlite").with("path", "/x"));
    }

    @Test
    void whatOnlyTheFileSaysAndTheAdapterCannotUseBringsAWarning() {
        assertThat(lab("postgres").main("pgservice: shop").warnings())
                .containsExactly("config/kamal-backup.yml:1: pgservice: is not used: the adapter postgres has no option"
                        + " service");
        assertThat(lab("postgres").set("PGSERVICE", "shop").warnings()).isEmpty();
    }

    @Test
    void aBlankVariableHidesTheFlatFile() {
        ConfigLab lab = bare().main("database_adapter: postgres\npgdatabase: shop\npghost: db\n");
        assertThat(lab.read().databases().get(0).option("host")).contains("db");
        assertThat(lab.set("PGHOST", "").read().databases().get(0).option("host"))
                .isEmpty();
    }

    @Test
    void nothingAtAllIsToldWithWhatToDo() {
        assertThat(bare().problems())
                .containsExactly("databases: at least one database is needed: list it under databases in"
                        + " config/kamal-backup.yml, or set DATABASE_URL or DATABASE_ADAPTER");
        assertThat(bare().set("PGDATABASE", "shop").problems())
                .singleElement()
                .asString()
                .endsWith("(PGDATABASE alone does not say which adapter it is for)");
    }

    @Test
    void anUnknownAdapterNamesThoseAtHand() {
        assertThat(bare().set("DATABASE_ADAPTER", "oracle").problems())
                .singleElement()
                .asString()
                .startsWith("environment: DATABASE_ADAPTER: unknown adapter \"oracle\"; found on the class path: mysql,"
                        + " postgres, sqlite;");
        assertThat(bare().set("DATABASE_URL", "oracle://db").problems())
                .singleElement()
                .asString()
                .startsWith("environment: DATABASE_URL: unknown adapter \"oracle\"");
        assertThat(bare().set("DATABASE_URL", "shop").problems())
                .containsExactly("environment: DATABASE_URL: expects a URL, as in postgres://user@host/name");
    }

    @Test
    void whatTheAdapterMissesIsToldByTheVariablesThatCouldGiveIt() {
        assertThat(bare().set("DATABASE_ADAPTER", "mysql").problems())
                .containsExactly("environment: MYSQL_DATABASE or MARIADB_DATABASE: is missing");
        assertThat(lab("mysql").set("MARIADB_PORT", "x").problems())
                .containsExactly("environment: MARIADB_PORT: is no number");
    }

    private ConfigLab bare() {
        return ConfigLab.environmentOnly(folder).unset("SQLITE_DATABASE_PATH");
    }

    private ConfigLab lab(String adapter) {
        return bare().set("DATABASE_ADAPTER", adapter)
                .set(adapter.equals("mysql") ? "MYSQL_DATABASE" : "PGDATABASE", "shop");
    }
}
