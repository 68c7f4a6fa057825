package dev.kamalbackup.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.redact.Secret;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the checkout of a Rails app tells without any configuration, and what outweighs it. */
class RailsDefaultsTest {
    private static final String DATABASE_YML = """
            default: &default
              adapter: postgresql
              host: <%= ENV.fetch("DB_HOST", "localhost") %>
            development:
              primary:
                <<: *default
                database: shop_development
                username: shop
                password: dev-password
              queue:
                <<: *default
                database: shop_queue
            """;

    @TempDir
    Path folder;

    private ConfigLab lab;

    @BeforeEach
    void lab() {
        lab = new ConfigLab(folder)
                .set("RESTIC_REPOSITORY", "/backups")
                .set("RESTIC_PASSWORD", "correct horse")
                .write("config/database.yml", DATABASE_YML)
                .write("config/deploy.yml", "service: shop\nservers: [10.0.0.1]\n");
    }

    @Test
    void thePrimaryDevelopmentDatabaseTheServiceAndAStateFolderAreInferredAndNoPaths() {
        ReadSettings read = lab.readAll();
        Settings settings = read.settings();

        assertThat(settings.app()).isEqualTo("shop");
        assertThat(settings.databases())
                .containsExactly(DatabaseSettings.of("app", "postgres")
                        .with("host", "localhost")
                        .with("user", "shop")
                        .with("database", "shop_development")
                        .with("password", new Secret("dev-password")));
        assertThat(settings.paths()).isEmpty();
        assertThat(settings.stateFolder()).isEqualTo(folder.resolve("tmp/kamal-backup"));
        assertThat(read.warnings()).isEmpty();
    }

    @Test
    void aSqliteFileIsMeantFromTheAppsFolder() {
        lab.write("config/database.yml", "development: {adapter: sqlite3, database: storage/development.sqlite3}\n");

        assertThat(lab.read().databases())
                .containsExactly(DatabaseSettings.of("app", "sqlite")
                        .with(
                                "path",
                                folder.resolve("storage/development.sqlite3").toString()));
    }

    @Test
    void mysqlAndItsSocketAreInferred() {
        lab.write(
                "config/database.yml",
                "development: {adapter: trilogy, socket: /run/mysqld/mysqld.sock, username: root, database: shop}\n");

        assertThat(lab.read().databases())
                .containsExactly(DatabaseSettings.of("app", "mysql")
                        .with("socket", "/run/mysqld/mysqld.sock")
                        .with("user", "root")
                        .with("database", "shop"));
    }

    @Test
    void variablesFillInAndOutweighSingleValues() {
        Settings settings = lab.set("PGPASSWORD", "other")
                .set("DB_HOST", "pg")
                .set("APP_NAME", "mine")
                .read();

        assertThat(settings.app()).isEqualTo("mine");
        assertThat(settings.databases().get(0).secret("password")).contains(new Secret("other"));
        assertThat(settings.databases().get(0).option("host")).contains("pg");
    }

    @Test
    void besideAnythingThatNamesTheDatabaseNothingIsGuessed() {
        lab.set("DATABASE_URL", "mysql2://u@h/d");
        assertThat(lab.read().databases())
                .containsExactly(DatabaseSettings.of("app", "mysql").with("url", new Secret("mysql2://u@h/d")));

        lab.unset("DATABASE_URL").main("databases: [{name: a, adapter: sqlite, path: /a}]\nstate: {path: /state}\n");
        ReadSettings read = lab.readAll();
        assertThat(read.warnings()).isEmpty();
        assertThat(read.settings().databases())
                .containsExactly(DatabaseSettings.of("a", "sqlite").with("path", "/a"));
        assertThat(read.settings().stateFolder()).isEqualTo(Path.of("/state"));

        lab.main("databases: []\n");
        assertThat(lab.problems())
                .containsExactly("config/kamal-backup.yml:1: databases: at least one database is needed");
    }

    @Test
    void aFileThatCannotBeReadIsAProblemOnlyWhereItIsNeeded() {
        lab.write("config/database.yml", "development:\n  database: <%= secret() %>\n")
                .set("PATH", "/nowhere");

        assertThat(lab.problems())
                .anyMatch(problem -> problem.startsWith("config/database.yml: config/database.yml:2: this ERB is not"));
        assertThat(lab.set("SQLITE_DATABASE_PATH", "/a").read().databases()).hasSize(1);
    }
}
