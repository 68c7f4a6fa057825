package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The accessory's part with a real app: drills beside production, restores into it, and the way back. */
class ProductionIT {
    /** As Rails makes them: the database, and a blob where Active Storage's disk service keeps it. */
    private static final String MAKE_APP = """
            mkdir -p data/storage/ab/cd
            printf 'a real blob' >data/storage/ab/cd/abcdef
            sqlite3 data/app.sqlite3 >/dev/null <<'SQL'
            PRAGMA journal_mode=WAL;
            CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT);
            CREATE TABLE orders (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users (id));
            CREATE TABLE active_storage_blobs (id INTEGER PRIMARY KEY, key TEXT, byte_size INTEGER, checksum TEXT,
              service_name TEXT);
            INSERT INTO users VALUES (1, 'Ü'), (2, 'x'); INSERT INTO orders VALUES (1, 1), (2, 2), (3, 2);
            INSERT INTO active_storage_blobs VALUES (1, 'abcdef', 11, '', 'local');
            SQL
            """;

    @TempDir
    private Path folder;

    private AppFolder app;

    @BeforeEach
    void anAppThatIsBackedUpAndGoesOn() throws Exception {
        app = AppFolder.create(folder.resolve("shop"), "0.19");
        app.repository.make();
        app.shell(MAKE_APP);
        String md5 = Base64.getEncoder()
                .encodeToString(
                        MessageDigest.getInstance("MD5").digest("a real blob".getBytes(StandardCharsets.UTF_8)));
        app.shell("sqlite3 data/app.sqlite3 \"UPDATE active_storage_blobs SET checksum = '" + md5 + "'\"");
        app.configured("""
                app: shop
                databases:
                  - { name: app, adapter: sqlite, path: %1$s/data/app.sqlite3 }
                paths: [ %1$s/data/storage ]
                restic:
                  repository: %1$s/repository
                  password: { secret: RESTIC_PASSWORD }
                state: { path: %1$s/state }
                """.formatted(app.folder));
        app.ok("backup");
        app.shell("sqlite3 data/app.sqlite3 \"DELETE FROM orders; UPDATE users SET name = 'by mistake'\"\n"
                + "printf later >data/storage/later; rm data/storage/ab/cd/abcdef");
    }

    @Test
    void aDrillProvesTheRunAndLeavesProductionAlone() throws Exception {
        JsonNode result = json(app.ok(
                "drill",
                "production",
                "--files",
                folder.resolve("restore/files").toString(),
                "--check",
                "sqlite3 \"${DATABASE_URL#sqlite3:}\" 'SELECT name FROM users WHERE id = 1'",
                "--yes",
                "--json"));

        assertThat(result.path("outcome").asText()).isEqualTo("passed");
        assertThat(result.path("check").path("output").asText()).isEqualTo("Ü");
        JsonNode database = result.path("verified_databases").path(0);
        assertThat(database.path("compared").asText()).isEqualTo("exact");
        assertThat(database.path("rows").asInt()).isEqualTo(6);
        assertThat(database.path("foreign_keys").asInt()).isEqualTo(1);
        assertThat(result.path("verified_blobs").path(0).path("hashed").asInt()).isEqualTo(1);
        assertThat(folder.resolve("restore/files")).isEmptyDirectory();
        assertThat(folder.resolve("restore/databases")).isEmptyDirectory();
        assertThat(app.shell("sqlite3 data/app.sqlite3 'SELECT name FROM users WHERE id = 1'"))
                .isEqualTo("by mistake\n");
        assertThat(json(Files.readString(app.state().resolve("last_restore_drill.json"))))
                .isEqualTo(result);
    }

    @Test
    void aDrillOfARunWhoseFilesLackEveryBlobIsNotPassed() throws Exception {
        app.ok("backup");

        CliLab.Answer answer = app.run(
                "drill",
                "production",
                "--files",
                folder.resolve("restore/files").toString(),
                "--yes");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("none of the 1 blobs of the service local is among the files");
        assertThat(answer.out()).contains("inconclusive");
    }

    @Test
    void productionComesBackAndTheRestoreCanBeUndone() throws Exception {
        CliLab.Answer answer = app.run("restore", "production", "--confirm-production-restore");

        assertThat(answer.exitCode()).as("%s", answer).isZero();
        assertThat(answer.err())
                .contains("backed up first: database app, " + app.folder.resolve("data/storage"))
                .contains("to fetch: ")
                .contains("room: ")
                .contains("restic 0.19");
        assertThat(app.shell("sqlite3 data/app.sqlite3 'SELECT count(*) FROM orders'"))
                .isEqualTo("3\n");
        assertThat(app.folder.resolve("data/storage/ab/cd/abcdef")).hasContent("a real blob");
        assertThat(app.folder.resolve("data/storage/later")).doesNotExist();
        assertThat(app.ok("list")).contains("what the restore of");

        String undo = answer.out()
                .lines()
                .filter(line -> line.startsWith("to undo: "))
                .findFirst()
                .orElseThrow();
        app.ok(("restore production " + undo.replaceFirst(".* ", "") + " --confirm-production-restore").split(" "));
        assertThat(app.shell("sqlite3 data/app.sqlite3 'SELECT count(*) FROM orders; SELECT name FROM users'"))
                .isEqualTo("0\nby mistake\nby mistake\n");
        assertThat(app.folder.resolve("data/storage/later")).hasContent("later");
        assertThat(app.folder.resolve("data/storage/ab/cd/abcdef")).doesNotExist();
    }

    @Test
    void onAnEmptyHostEverythingComesBackFromNothing() throws Exception {
        app.shell("rm -r data state");

        app.ok("restore", "production", "--confirm-production-restore");

        assertThat(app.shell("sqlite3 data/app.sqlite3 'SELECT count(*) FROM orders'"))
                .isEqualTo("3\n");
        assertThat(app.folder.resolve("data/storage/ab/cd/abcdef")).hasContent("a real blob");
        assertThat(app.repository.snapshots()).hasSize(2);
    }

    @Test
    void aPersonAtATerminalIsAskedThreeTimes() throws Exception {
        CliLab.Answer refused = app.runAtTerminal("shop\nyes\ny\n", "restore", "production");
        assertThat(refused.out()).contains("Type RESTORE PRODUCTION").contains("aborted");
        assertThat(app.shell("sqlite3 data/app.sqlite3 'SELECT count(*) FROM orders'"))
                .isEqualTo("0\n");

        CliLab.Answer agreed = app.runAtTerminal("shop\nRESTORE PRODUCTION\ny\n", "restore", "production");
        assertThat(agreed.exitCode()).as("%s", agreed).isZero();
        assertThat(app.shell("sqlite3 data/app.sqlite3 'SELECT count(*) FROM orders'"))
                .isEqualTo("3\n");
    }

    private static JsonNode json(String text) throws Exception {
        return new ObjectMapper().readTree(text);
    }
}
