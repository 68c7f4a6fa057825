package dev.kamalbackup.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.report.Reports;
import dev.kamalbackup.run.BackupResult;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.ScriptAdapter;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evidence of a real repository and of backups that were really made. */
class EvidenceIT {
    private static final String DATABASE_PASSWORD = "canary-database-93be";

    @TempDir
    private Path folder;

    private TestRepository repository;
    private Settings settings;

    @BeforeEach
    void anApp() throws Exception {
        repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        Path data = Files.createDirectory(folder.resolve("data"));
        Files.writeString(data.resolve("blob"), "precious");
        settings = settings("echo abc; echo END", data);
    }

    @Test
    void showsWhatIsConfiguredAndWhatWasDone() throws Exception {
        BackupResult first = Backups.backup(settings);
        Files.writeString(folder.resolve("state/last_check.json"), "{\"status\": \"ok\"}");
        Files.writeString(folder.resolve("state/last_restore_drill.json"), "{\"status\":");

        JsonNode document = Reports.of(evidence(settings));

        assertThat(document.path("app").asText()).isEqualTo("shop");
        assertThat(document.path("host").asText()).isEqualTo("shop-backup");
        assertThat(document.path("databases").get(0).path("adapter").asText()).isEqualTo("script");
        assertThat(document.path("paths").get(0).asText())
                .isEqualTo(folder.resolve("data").toString());
        assertThat(document.path("retention").path("RESTIC_KEEP_DAILY").asInt()).isEqualTo(7);
        JsonNode latest = document.path("latest_database_backups").path("app");
        assertThat(latest.path("id").asText()).matches("[0-9a-f]{64}");
        assertThat(latest.path("tags").toString()).contains("run:" + first.run());
        assertThat(document.path("latest_file_backup").path("tags").toString()).contains("type:files");
        assertThat(document.path("last_restic_check").path("status").asText()).isEqualTo("ok");
        assertThat(document.path("last_restore_drill").path("error").asText())
                .contains("cannot read the record of the last drill");
        assertThat(document.path("tool_versions").path("restic").asText()).startsWith("restic 0.19");
        assertThat(document.path("tool_versions").has("rclone")).isTrue();
        assertThat(document.path("runs_source").asText()).isEqualTo("repository");
        JsonNode run = document.path("runs").get(0);
        assertThat(run.path("run_id").asText()).isEqualTo(first.run().toString());
        assertThat(run.path("completeness").asText()).isEqualTo("complete");
        assertThat(run.path("bytes").asLong()).isEqualTo("abc\nEND\nprecious".length());
        assertThat(run.path("parts").toString()).isEqualTo("[\"database app\",\"files\"]");
        assertThat(document.path("recovery_point").path("complete_runs").asInt())
                .isEqualTo(1);
        assertThat(document.path("recovery_point").path("note").asText()).contains("fewer than two");
        assertThat(document.path("history").path("chain").asText()).isEqualTo("intact");
        assertThat(document.path("history").path("entries").asInt())
                .as("the run, and the retention that followed it")
                .isEqualTo(2);
    }

    @Test
    void measuresTheTimeBetweenRuns() {
        BackupResult first = Backups.backup(settings);
        Instant later = first.startedAt().plusSeconds(7200);
        try (KamalBackup backup = library(settings, Clock.fixed(later, ZoneOffset.UTC))) {
            Backups.made(backup.backup(dev.kamalbackup.run.BackupRequest.now()));
        }

        RecoveryPoint point = evidence(settings, later.plusSeconds(60)).recoveryPoint();

        assertThat(point.completeRuns()).isEqualTo(2);
        assertThat(point.largestGap().orElseThrow().length().toSeconds()).isBetween(7199L, 7201L);
        assertThat(point.age().orElseThrow().toSeconds()).isBetween(60L, 61L);
    }

    @Test
    void aRepositoryThatIsGoneIsToldAndTheHistorySpeaks() throws Exception {
        BackupResult made = Backups.backup(settings);
        Files.move(folder.resolve("repository"), folder.resolve("elsewhere"));

        Evidence evidence = evidence(settings);
        ObjectNode document = Reports.of(evidence);

        assertThat(evidence.exitCode()).isEqualTo(1);
        assertThat(document.path("latest_database_backups")
                        .path("app")
                        .path("error")
                        .asText())
                .contains("list snapshots");
        assertThat(document.path("latest_file_backup").has("error")).isTrue();
        assertThat(document.path("runs_source").asText()).isEqualTo("history");
        assertThat(document.path("runs").get(0).path("run_id").asText())
                .isEqualTo(made.run().toString());
        assertThat(document.path("recovery_point").path("complete_runs").asInt())
                .isEqualTo(1);
        assertThat(new EvidencePage(evidence).html()).contains("the history alone");
    }

    @Test
    void noSecretIsInAnyOfIt() throws Exception {
        Backups.backup(settings("echo \"$PASSWORD is wrong\" >&2; exit 1", folder.resolve("data")));
        Files.writeString(
                folder.resolve("state/last_check.json"),
                "{\"status\": \"failed\", \"output\": [\"" + TestRepository.PASSWORD
                        + "\"], \"finished_at\": \"soon\"}");
        Files.writeString(
                folder.resolve("state/last_restore_drill.json"),
                "{\"outcome\": \"failed\", \"check\": {\"" + DATABASE_PASSWORD + "\": \"" + DATABASE_PASSWORD + "\"}}");
        Files.writeString(
                folder.resolve("state/history.jsonl"),
                "{\"kind\":\"check\",\"at\":\"2026-11-23T09:00:00Z\",\"outcome\":\"failed\",\"error\":\""
                        + DATABASE_PASSWORD + "\",\"subset\":\"" + TestRepository.PASSWORD + "\"}\n",
                java.nio.file.StandardOpenOption.APPEND);

        Evidence evidence = evidence(settings);
        String everything = Reports.of(evidence).toPrettyString() + new EvidencePage(evidence).html() + evidence;

        assertThat(everything)
                .contains("[REDACTED]")
                .doesNotContain(TestRepository.PASSWORD)
                .doesNotContain(DATABASE_PASSWORD);
    }

    @Test
    void looksAndLeavesNothingBehind() throws Exception {
        assertThat(evidence(settings).exitCode()).isZero();
        assertThat(folder.resolve("state")).doesNotExist();

        Backups.backup(settings);
        List<String> before = state();
        evidence(settings);
        assertThat(state()).isEqualTo(before);
    }

    @Test
    void aHistoryThatWasChangedShows() throws Exception {
        Backups.backup(settings);
        Backups.backup(settings);
        Path history = folder.resolve("state/history.jsonl");
        Files.writeString(
                history, Files.readString(history).replace("\"outcome\":\"complete\"", "\"outcome\":\"failed\""));

        try (KamalBackup backup = library(settings, Clock.systemUTC())) {
            assertThat(backup.proveHistory().isIntact()).isFalse();
            assertThat(Reports.of(backup.proveHistory()).path("chain").asText()).isEqualTo("broken");
        }
    }

    private List<String> state() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("state"))) {
            return files.map(file -> file + " " + file.toFile().lastModified())
                    .filter(file -> !file.contains("restic-cache"))
                    .sorted()
                    .toList();
        }
    }

    private Settings settings(String dump, Path data) {
        DatabaseSettings database = Backups.script("app", dump).with("password", new Secret(DATABASE_PASSWORD));
        return Backups.settings(folder, repository.settings(), List.of(database), List.of(data));
    }

    private static Evidence evidence(Settings settings) {
        return evidence(settings, Instant.now());
    }

    private static Evidence evidence(Settings settings, Instant now) {
        try (KamalBackup backup = library(settings, Clock.fixed(now, ZoneOffset.UTC))) {
            return backup.evidence();
        }
    }

    private static KamalBackup library(Settings settings, Clock clock) {
        return KamalBackup.builder(settings)
                .adapters(new ScriptAdapter())
                .clock(clock)
                .build();
    }
}
