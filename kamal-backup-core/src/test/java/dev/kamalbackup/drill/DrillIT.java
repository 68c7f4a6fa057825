package dev.kamalbackup.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.catalog.RunChoice;
import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.restore.Consent;
import dev.kamalbackup.restore.RestoreRequest;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.ScriptAdapter;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A drill restores to scratch places, looks at what came of it, clears away, and is recorded whatever became of it. */
class DrillIT {
    private static final String SECRET = "canary-database-41c";

    @TempDir
    private Path folder;

    private TestRepository repository;
    private Path files;
    private Path live;
    private Path scratch;

    @BeforeEach
    void aBackup() throws Exception {
        repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        files = Files.createDirectories(folder.resolve("data/storage"));
        live = folder.resolve("database.txt");
        scratch = folder.resolve("scratch/files");
        Files.writeString(live, "row\nrow\nEND\n");
        blob("abcdefg", "the first blob");
        blob("bcdefgh", "the second blob");
        assertThat(Backups.backup(settings(database())).complete()).isTrue();
        Files.writeString(live, "row\nrow\nrow\nEND\n");
    }

    @Test
    void whatIsWholePassesAndNothingIsLeft() throws Exception {
        DrillResult result = drill(request());

        assertThat(result.reasons()).isEmpty();
        assertThat(result.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(result.exitCode()).isZero();
        assertThat(result.databases()).singleElement().satisfies(found -> {
            assertThat(found.compared()).isEqualTo("exact");
            assertThat(found.rows()).isEqualTo(2);
            assertThat(found.foreignKeys()).isEqualTo(1);
        });
        assertThat(result.blobs()).singleElement().satisfies(found -> {
            assertThat(found.listed()).isEqualTo(2);
            assertThat(found.found()).isEqualTo(2);
            assertThat(found.hashed()).isEqualTo(2);
        });
        assertThat(result.phases())
                .containsKeys("plan", "prepare", "fetch", "files", "databases", "verify", "clear away");
        assertThat(live).hasContent("row\nrow\nrow\nEND");
        assertThat(scratch).isEmptyDirectory();
        assertThat(folder.resolve("scratch/database")).doesNotExist();
        assertThat(folder.resolve("state/scratch")).isEmptyDirectory();
        assertThat(lastDrill().path("outcome").asText()).isEqualTo("passed");
        assertThat(lastDrill().path("status").asText()).isEqualTo("ok");
        assertThat(history()).contains("\"kind\":\"drill\"").contains("\"outcome\":\"passed\"");
    }

    @Test
    void rowsThatAreMissingFailIt() throws Exception {
        // What is restored has one row less than was counted at the backup.
        DrillResult result = drill(settings(database().with("restored_rows", "echo '1 7573657273'")), request());

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.reasons()).containsExactly("database app: table users has 1 rows, and had 2");
        assertThat(lastDrill().path("error").asText()).contains("table users has 1 rows, and had 2");
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void aTableThatIsMissingFailsIt() {
        assertThat(drill(settings(database().with("restored_rows", "true")), request())
                        .reasons())
                .containsExactly("database app: table users is missing");
    }

    @Test
    void aForeignKeyThatPointsNowhereFailsIt() {
        // orders.user
        assertThat(drill(settings(database().with("foreign_keys", "echo '7 6f72646572732e75736572'")), request())
                        .reasons())
                .containsExactly("database app: 7 rows of orders.user point nowhere");
    }

    @Test
    void aBlobThatIsDamagedOrMissingFailsIt() throws Exception {
        String listed = ListedBlob.listed("abcdefg", "the first blob")
                + ListedBlob.listed("bcdefgh", "another content!")
                + ListedBlob.listed("cdefghi", "never there");

        DrillResult result = drill(settings(database().with("blobs", listed)), request());

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.reasons())
                .containsExactly(
                        "1 of 3 blobs of the service local are not among the files, such as cdefghi",
                        "1 blobs are damaged: bcdefgh has 15 bytes instead of 16");
    }

    @Test
    void aBlobThatNothingRefersToMayBeMissing() throws Exception {
        String listed =
                ListedBlob.listed("abcdefg", "the first blob") + ListedBlob.unattached("cdefghi", "a given up upload");

        DrillResult result = drill(settings(database().with("blobs", listed)), request());

        assertThat(result.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(result.blobs()).singleElement().satisfies(found -> {
            assertThat(found.flaws()).isEmpty();
            assertThat(found.notes())
                    .containsExactly("1 blobs that nothing refers to are not among the files, such as cdefghi");
        });
    }

    @Test
    void theContentOfABlobIsComparedAndNotItsSizeAlone() throws Exception {
        DrillResult result =
                drill(settings(database().with("blobs", ListedBlob.listed("abcdefg", "THE FIRST BLOB"))), request());

        assertThat(result.reasons()).containsExactly("1 blobs are damaged: abcdefg is not what its checksum says");
    }

    @Test
    void blobsThatAreKeptElsewhereLeaveItInconclusive() throws Exception {
        DrillResult result =
                drill(settings(database().with("blobs", ListedBlob.listed("zzzzzzz", "in S3"))), request());

        assertThat(result.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.reasons()).singleElement().asString().contains("they may be kept elsewhere");
    }

    @Test
    void theCheckFindsTheRestoredDataAndNoSecretOfTheRepository() throws Exception {
        DrillRequest request = request()
                .checkedBy("test \"$DATABASE_URL\" = \"$APP_DATABASE_URL\" && cat ${DATABASE_URL#script://}"
                        + " && cat \"$KAMAL_BACKUP_DRILL_FILES" + files + "/ab/cd/abcdefg\" && env");

        DrillResult result = drill(request);

        assertThat(result.check()).hasValueSatisfying(check -> {
            assertThat(check.passed()).isTrue();
            assertThat(check.output())
                    .startsWith("row\nrow\nEND\nthe first blob")
                    .doesNotContain("RESTIC")
                    .doesNotContain(SECRET)
                    .doesNotContain(TestRepository.PASSWORD);
        });
    }

    @Test
    void aCheckThatFailsFailsItAndIsToldWithoutSecrets() throws Exception {
        DrillResult result = drill(request().checkedBy("echo 'no users, " + SECRET + "' >&2; exit 3"));

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.reasons())
                .singleElement()
                .asString()
                .contains("the check failed: ended with exit code 3")
                .contains("no users, [REDACTED]");
        assertThat(lastDrill().path("check").path("status").asText()).isEqualTo("failed");
        assertThat(Files.readString(folder.resolve("state/last_restore_drill.json")))
                .doesNotContain(SECRET);
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void aDrillThatFailsBeforeItStartsIsRecorded() throws Exception {
        DrillResult result = drill(DrillRequest.of(
                RestoreRequest.of(RunChoice.of("20200101T000000Z")).intoProduction()));

        assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(result.task()).isEmpty();
        assertThat(lastDrill().path("outcome").asText()).isEqualTo("failed");
        assertThat(lastDrill().path("error").asText()).contains("no such run");
        assertThat(history()).contains("\"kind\":\"drill\"").contains("\"requested\":\"20200101T000000Z\"");
    }

    @Test
    void filesThatAnEarlierDrillLeftAreGoneBeforeTheCheck() throws Exception {
        drill(request().kept());
        Files.writeString(scratch.resolve("stale"), "left by a drill that was killed");
        assertThat(folder.resolve("scratch/database")).hasContent("row\nrow\nEND");

        DrillResult result = drill(request().checkedBy("test ! -e \"$KAMAL_BACKUP_DRILL_FILES/stale\""));

        assertThat(result.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(scratch).isEmptyDirectory();
    }

    @Test
    void aFolderWithSomebodyElsesFilesIsNeverEmptied() throws Exception {
        Files.createDirectories(scratch);
        Files.writeString(scratch.resolve("thesis.txt"), "ten years of work");

        DrillResult result = drill(request());

        assertThat(result.reasons()).singleElement().asString().contains("no drill has left that there");
        assertThat(scratch.resolve("thesis.txt")).hasContent("ten years of work");
    }

    @Test
    void scratchPlacesThatAreLiveOnesAreRefusedByWhateverName() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), files);
        for (Path place : List.of(
                files,
                files.resolve("below"),
                folder.resolve("data"),
                link,
                link.resolve("below"),
                Path.of("/"),
                Path.of("/var"),
                folder.resolve("scratch/../data/storage"),
                folder.resolve("state/files"))) {
            DrillResult result = drill(request()
                    .at(new ScratchPlaces(Optional.empty(), Optional.of(folder.resolve("scratch/database")), place)));

            assertThat(result.outcome()).as("%s", place).isEqualTo(Outcome.FAILED);
            assertThat(result.task()).as("%s", place).isEmpty();
        }
        assertThat(drill(request().at(new ScratchPlaces(Optional.empty(), Optional.of(live), scratch)))
                        .reasons())
                .singleElement()
                .asString()
                .contains("it is a live one");
        assertThat(files.resolve("ab/cd/abcdefg")).hasContent("the first blob");
        assertThat(live).hasContent("row\nrow\nrow\nEND");
    }

    @Test
    void onADevelopmentMachineItRestoresAndKeepsWhatItReplaced() throws Exception {
        DrillResult result = drill(DrillRequest.of(RestoreRequest.latest()));

        assertThat(result.outcome()).isEqualTo(Outcome.PASSED);
        assertThat(live).hasContent("row\nrow\nEND");
        assertThat(result.safetyRun()).isPresent();
        assertThat(lastDrill().path("scope").asText()).isEqualTo("local");
    }

    @Test
    void whatWasNotAgreedToIsNotDone() {
        try (KamalBackup backup = library(settings(database()))) {
            assertThatThrownBy(() -> backup.drill(request(), task -> false)).hasMessageContaining("not agreed to");
        }
        assertThat(folder.resolve("state/last_restore_drill.json")).doesNotExist();
    }

    private void blob(String key, String content) throws Exception {
        Path file =
                files.resolve(key.substring(0, 2)).resolve(key.substring(2, 4)).resolve(key);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private DatabaseSettings database() {
        return Backups.script("app", "cat " + live)
                .with("target", live.toString())
                .with("live", live.toString())
                .with("rows", "echo \"$(grep -c row \"$TARGET\") 7573657273\"")
                .with("foreign_keys", "echo '0 6f72646572732e75736572'")
                .with(
                        "blobs",
                        ListedBlob.listed("abcdefg", "the first blob")
                                + ListedBlob.listed("bcdefgh", "the second blob"))
                .with("password", new Secret(SECRET));
    }

    private DrillRequest request() {
        return DrillRequest.of(RestoreRequest.latest().intoProduction())
                .at(new ScratchPlaces(Optional.empty(), Optional.of(folder.resolve("scratch/database")), scratch));
    }

    private Settings settings(DatabaseSettings database) {
        return Backups.settings(folder, repository.settings(), List.of(database), List.of(files));
    }

    private DrillResult drill(DrillRequest request) {
        return drill(settings(database()), request);
    }

    private static DrillResult drill(Settings settings, DrillRequest request) {
        try (KamalBackup backup = library(settings)) {
            return backup.drill(request, Consent.given());
        }
    }

    private static KamalBackup library(Settings settings) {
        return KamalBackup.builder(settings)
                .adapters(new ScriptAdapter())
                .environment(Map.of("PATH", System.getenv("PATH"), "RESTIC_COMPRESSION", "off"))
                .build();
    }

    private JsonNode lastDrill() throws Exception {
        return new ObjectMapper()
                .readTree(folder.resolve("state/last_restore_drill.json").toFile());
    }

    private String history() throws Exception {
        return Files.readString(folder.resolve("state/history.jsonl"));
    }
}
