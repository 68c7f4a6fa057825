package dev.kamalbackup.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.run.BackupResult;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.MysqlTestServer;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups and restores of a real MariaDB server through the library. */
class MariaDbRoundTripIT {
    private static final String SCHEMA = """
            CREATE TABLE users (id int PRIMARY KEY AUTO_INCREMENT, email varchar(200) CHARACTER SET utf8mb4, face blob,
              email_length int GENERATED ALWAYS AS (char_length(email)) STORED);
            CREATE TABLE log (at varchar(200));
            CREATE VIEW emails AS SELECT email FROM users;
            CREATE SEQUENCE numbers START WITH 7;
            CREATE TRIGGER noted AFTER INSERT ON users FOR EACH ROW INSERT INTO log VALUES (NEW.email);
            CREATE PROCEDURE greet() SELECT 'hello';
            INSERT INTO users (email, face) SELECT CONCAT('üser', seq, '@example.com'), UNHEX('00FF27') FROM seq_1_to_1000;
            """;
    private static final String CONTENT =
            "SELECT count(*), md5(group_concat(id, email, hex(face) ORDER BY id)) FROM users";

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

    @Test
    void aRestoreBringsEverythingBackAndRemovesWhatIsOnlyInTheTarget() throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        server.sql("", "CREATE DATABASE roundtrip CHARACTER SET utf8mb4");
        server.sql("roundtrip", SCHEMA);
        Settings settings = settings("roundtrip", repository, MysqlTestServer.PASSWORD);
        String before = server.sql("roundtrip", CONTENT);

        BackupResult result = backup(settings);
        assertThat(result.complete()).as("%s", result).isTrue();
        server.sql(
                "roundtrip",
                "DELETE FROM users WHERE id > 10; CREATE TABLE `only``here` (x int); CREATE VIEW only_view AS SELECT 1;"
                        + " CREATE PROCEDURE only_now() SELECT 1; CREATE SEQUENCE only_numbers;"
                        + " CREATE EVENT only_event ON SCHEDULE EVERY 1 DAY DO SELECT 1");
        restore(settings);

        assertThat(server.sql("roundtrip", CONTENT)).isEqualTo(before);
        assertThat(server.sql("roundtrip", "SHOW TABLES").lines())
                .containsExactlyInAnyOrder("emails", "log", "numbers", "users");
        assertThat(server.sql("roundtrip", "SELECT NEXTVAL(numbers)")).isEqualTo("7");
        assertThat(server.sql("roundtrip", "CALL greet()")).isEqualTo("hello");
        assertThat(server.sql(
                        "roundtrip",
                        "SELECT count(*) FROM information_schema.routines WHERE routine_name = 'only_now'"))
                .isEqualTo("0");
        server.sql("roundtrip", "INSERT INTO users (email) VALUES ('late@example.com')");
        assertThat(server.sql("roundtrip", "SELECT count(*) FROM log WHERE at = 'late@example.com'"))
                .isEqualTo("1");
        Path dump = folder.resolve("dump");
        Files.write(dump, repository.runForBytes("dump", "latest", "/databases/shop/app/mysql.sql"));
        server.sql("", "CREATE DATABASE stock CHARACTER SET utf8mb4");
        server.sql("stock", "SOURCE " + dump);
        assertThat(server.sql("stock", CONTENT))
                .as("loaded by the stock client")
                .isEqualTo(before);
    }

    @Test
    void aWrongPasswordIsToldInTheServersWords() throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());

        BackupResult result = backup(settings("mysql", repository, "wrong"));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.parts().get(0).toString()).contains("Access denied for user 'backup'");
    }

    @Test
    void aUserWhoMayNotReadEverythingIsToldWhatIsMissing() throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        server.sql("", "CREATE DATABASE narrow; CREATE USER narrow@'%' IDENTIFIED BY 'p'");
        server.sql("narrow", "CREATE TABLE open (x int); CREATE TABLE closed (x int)");
        server.sql("", "GRANT SELECT ON narrow.open TO narrow@'%'; GRANT EVENT, LOCK TABLES ON narrow.* TO narrow@'%'");

        BackupResult blind = backup(settings(server.settings("narrow", "narrow", "p"), repository));

        assertThat(blind.exitCode()).isEqualTo(1);
        assertThat(blind.parts().get(0).toString()).contains("TRIGGER").contains("GRANT");

        server.sql("", "GRANT TRIGGER, EXECUTE ON narrow.* TO narrow@'%'");
        BackupResult partial = backup(settings(server.settings("narrow", "narrow", "p"), repository));

        assertThat(partial.exitCode()).isEqualTo(1);
        assertThat(partial.parts().get(0).toString()).contains("closed");
        assertThat(repository.snapshots()).isEmpty();
    }

    private Settings settings(DatabaseSettings database, TestRepository repository) {
        return Backups.settings(folder, repository.settings(), List.of(database), List.of());
    }

    private Settings settings(String database, TestRepository repository, String password) {
        return Backups.settings(
                folder,
                repository.settings(),
                List.of(DatabaseSettings.of("app", "mariadb")
                        .with("url", new Secret("mysql2://backup@127.0.0.1:" + server.port + "/" + database))
                        .with("password", new Secret(password))),
                List.of());
    }

    private static BackupResult backup(Settings settings) {
        return Backups.backup(settings, new MysqlAdapter(), server.kind.environment());
    }

    private static void restore(Settings settings) {
        Backups.restoreLatest(settings, new MysqlAdapter(), server.kind.environment());
    }
}
