package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole loop through the one jar: a SQLite app is backed up, and comes back elsewhere as it was. */
class EndToEndIT {
    /** A database in WAL mode, and files with everything that a careless tool loses. */
    private static final String MAKE_APP = """
            mkdir -p data/storage/ab 'data/storage/an empty folder' data/storage/closed
            sqlite3 data/storage/production.sqlite3 >/dev/null <<'SQL'
            PRAGMA journal_mode=WAL;
            CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT UNIQUE, face BLOB, score REAL);
            INSERT INTO users VALUES (1, 'ünïcode@例え.jp', x'00ff0a', 0.1), (2, 'it''s "quoted"' || char(10), NULL, -1e300);
            CREATE TABLE "odd ""name" (a, b); INSERT INTO "odd ""name" VALUES (NULL, ''), (x'', 9223372036854775807);
            CREATE TABLE empty (x); CREATE VIEW emails AS SELECT email FROM users; CREATE INDEX by_score ON users (score);
            CREATE TRIGGER noted AFTER INSERT ON users BEGIN INSERT INTO empty VALUES (NEW.id); END;
            SQL
            cd data/storage
            printf one >'ab/a blank'; printf two >"ab/it's \\"quoted\\""; printf three >$'ab/new\\nline'
            printf four >'ab/ünïcode 漢字'; printf five >'ab/-dash'; printf six >'ab/ blanks at both ends '
            printf seven >'ab/$HOME `id` \\ * ? [x]'; : >ab/empty
            head -c 3000000 /dev/urandom >ab/large
            ln -s 'a blank' ab/link; ln -s 'not here' ab/dangling; ln ab/empty ab/hard
            chmod 640 ab/large; chmod 4755 ab/empty; chmod 700 closed; printf eight >closed/inside; chmod 400 closed/inside
            touch -d '2020-02-29 12:34:56.789' ab/large; touch -h -d '2001-01-01' ab/link
            touch -d '1999-12-31 23:59:59' 'an empty folder' closed ab
            """;

    private static final String LISTING = """
            cd "$FOLDER"; find . ! -name '*.sqlite3*' ! -path . -printf '%P|%y|%m|%T@|%l|%n\\0' | sort -z | tr '\\0' '\\n'
            find . -type f ! -name '*.sqlite3*' -print0 | sort -z | xargs -0 sha256sum
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"0.18", "0.19"})
    void anAppComesBackElsewhereAsItWas(String restic) throws Exception {
        AppFolder app = AppFolder.create(folder.resolve("shop"), restic);
        Path started = folder.resolve("started");
        app.configured(configuration(app, "data/storage/production.sqlite3", "data/storage", "init_if_missing: true"))
                .program("restic", "echo \"$1\" >>" + started + "; exec " + Tools.restic(restic) + " \"$@\"")
                .shell(MAKE_APP);
        String rows = dump(app, "data/storage/production.sqlite3");
        String files = app.shell("FOLDER=data/storage\n" + LISTING);

        JsonNode made = new ObjectMapper().readTree(app.ok("backup", "--json"));
        String run = made.path("run_id").asText();

        // The repository is made by one more, and the first backup met that it was missing.
        assertThat(Files.readAllLines(started))
                .as("proved to be there once; the listings are for the size of the last dump, and for retention")
                .containsExactly("version", "backup", "init", "backup", "snapshots", "backup", "snapshots");
        app.shell("sqlite3 data/storage/production.sqlite3 'DELETE FROM users'; rm -r data/storage/ab");
        Files.delete(started);
        app.ok("backup");
        assertThat(Files.readAllLines(started)).containsExactly("version", "backup", "backup", "snapshots");

        assertTags(app.repository, run, app.folder.resolve("data/storage"));
        JsonNode listed = new ObjectMapper().readTree(app.ok("list", "--json")).path("runs");
        assertThat(listed)
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.path("whole").asBoolean()).isTrue());
        assertThat(app.ok("backup", "--if-due")).startsWith("not due: ");
        assertThat(app.repository.snapshots()).hasSize(4);

        AppFolder laptop = new AppFolder(folder.resolve("laptop"), app.repository, Tools.restic(restic));
        laptop.configured(configuration(laptop, "db/development.sqlite3", "storage", "init_if_missing: false")
                        .replace(laptop.folder + "/repository", app.folder + "/repository")
                + "restore_from: [" + app.folder + "/data/storage]\n");
        JsonNode restored = new ObjectMapper().readTree(laptop.ok("restore", "local", run, "--yes", "--json"));
        assertThat(restored.path("kind").asText()).isEqualTo("restore_result");

        assertThat(dump(laptop, "db/development.sqlite3")).isEqualTo(rows).contains("CREATE TRIGGER noted");
        assertThat(laptop.shell("FOLDER=storage\n" + LISTING)).isEqualTo(files).contains("ünïcode 漢字");
        assertThat(app.repository.locks()).isEmpty();
    }

    @Test
    void theJarBringsAllThreeAdapters() throws Exception {
        AppFolder app = AppFolder.create(folder.resolve("shop"), "0.19");
        app.configured(configuration(app, "a.sqlite3", "data", "init_if_missing: true")
                .replace("adapter: sqlite", "adapter: oracle"));

        CliLab.Answer answer = app.run("backup");

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err())
                .contains("oracle")
                .contains("mysql")
                .contains("postgres")
                .contains("sqlite");
    }

    private static void assertTags(TestRepository repository, String run, Path storage) throws Exception {
        List<JsonNode> snapshots = repository.snapshots().stream()
                .filter(snapshot -> snapshot.path("tags").toString().contains(run))
                .toList();
        assertThat(snapshots).hasSize(2);
        assertThat(tags(snapshots.get(0)))
                .containsExactly(
                        "kamal-backup",
                        "app:shop",
                        "type:database",
                        "database:app",
                        "adapter:sqlite",
                        "run:" + run,
                        "parts:2");
        assertThat(tags(snapshots.get(1)))
                .containsExactly(
                        "kamal-backup",
                        "app:shop",
                        "type:files",
                        "path:" + storage.toString().substring(1).replace('/', '-'),
                        "run:" + run,
                        "parts:2");
        assertThat(repository.run("ls", snapshots.get(1).path("id").asText()))
                .contains("ab/large")
                .doesNotContain("production.sqlite3");
    }

    private static List<String> tags(JsonNode snapshot) {
        return StreamSupport.stream(snapshot.path("tags").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String dump(AppFolder app, String database) throws Exception {
        return app.shell("sqlite3 " + database + " .dump 'PRAGMA integrity_check'");
    }

    static String configuration(AppFolder app, String database, String path, String init) {
        return """
                app: shop
                databases:
                  - name: app
                    adapter: sqlite
                    path: %1$s/%2$s
                paths:
                  - %1$s/%3$s
                restic:
                  repository: %1$s/repository
                  password: { secret: RESTIC_PASSWORD }
                  %4$s
                state:
                  path: %1$s/state
                """.formatted(app.folder, database, path, init);
    }
}
