package dev.kamalbackup.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.error.CancelledException;
import dev.kamalbackup.restore.Consent;
import dev.kamalbackup.restore.RestoreRequest;
import dev.kamalbackup.run.BackupRequest;
import dev.kamalbackup.spi.DatabaseAdapter;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.ScriptAdapter;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a drill ends, its record says so. */
class DrillRecordsIT {
    @TempDir
    private Path folder;

    private TestRepository repository;
    private Path files;

    @BeforeEach
    void aBackup() throws Exception {
        repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        files = Files.createDirectories(folder.resolve("data/storage"));
        Files.writeString(files.resolve("blob"), "a blob");
        try (KamalBackup library = library("exit 0")) {
            assertThat(Backups.made(library.backup(BackupRequest.now())).complete())
                    .isTrue();
            assertThat(library.drill(request(), Consent.given()).reasons()).hasSize(1);
        }
    }

    @Test
    void oneThatIsInterruptedIsRecordedAsThatAndDoesNotCount() throws Exception {
        String before = Files.readString(folder.resolve("state/last_restore_drill.json"));
        Path begun = folder.resolve("begun");
        try (KamalBackup library = library("exit 0")) {
            CompletableFuture<Void> signal = CompletableFuture.runAsync(() -> {
                while (!Files.exists(begun)) {
                    Thread.onSpinWait();
                }
                library.cancel("SIGTERM received");
            });
            DrillRequest hanging = request().checkedBy("touch " + begun + "; sleep 300");

            assertThatThrownBy(() -> library.drill(hanging, Consent.given()))
                    .isInstanceOf(CancelledException.class)
                    .hasMessageContaining("SIGTERM received");
            signal.get(10, TimeUnit.SECONDS);
        }

        assertThat(folder.resolve("state/last_restore_drill.json")).hasContent(before);
        assertThat(lastLine()).contains("\"kind\":\"drill\"").contains("\"outcome\":\"interrupted\"");
    }

    @Test
    void oneThatFailsAsNobodyThoughtOfIsRecordedToo() throws Exception {
        DatabaseAdapter script = new ScriptAdapter();
        DatabaseAdapter broken = (DatabaseAdapter) Proxy.newProxyInstance(
                DatabaseAdapter.class.getClassLoader(),
                new Class<?>[] {DatabaseAdapter.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("planInspection")) {
                        throw new IllegalStateException("a bug");
                    }
                    return method.invoke(script, arguments);
                });
        try (KamalBackup library = library("exit 0", broken)) {
            DrillResult result = library.drill(request(), Consent.given());

            assertThat(result.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(result.reasons()).singleElement().asString().contains("IllegalStateException: a bug");
        }
        assertThat(lastLine()).contains("\"kind\":\"drill\"").contains("\"outcome\":\"failed\"");
    }

    private String lastLine() throws Exception {
        List<String> lines = Files.readAllLines(folder.resolve("state/history.jsonl"));
        return lines.get(lines.size() - 1);
    }

    private DrillRequest request() {
        return DrillRequest.of(RestoreRequest.latest().intoProduction())
                .at(new ScratchPlaces(
                        Optional.empty(),
                        Optional.of(folder.resolve("scratch/database")),
                        folder.resolve("scratch/files")));
    }

    private KamalBackup library(String blobs) {
        return library(blobs, new ScriptAdapter());
    }

    private KamalBackup library(String blobs, DatabaseAdapter adapter) {
        return KamalBackup.builder(Backups.settings(
                        folder,
                        repository.settings(),
                        List.of(Backups.script("app", "echo rows; echo END")
                                .with("live", folder.resolve("database.txt").toString())
                                .with("blobs", blobs)),
                        List.of(files)))
                .adapters(adapter)
                .build();
    }
}
