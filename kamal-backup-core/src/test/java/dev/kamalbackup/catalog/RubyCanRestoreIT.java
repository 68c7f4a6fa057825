package dev.kamalbackup.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kamalbackup.run.BackupResult;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is backed up here the Ruby version finds by its own rules, asked of plain restic as it asks. */
class RubyCanRestoreIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"0.18", "0.19"})
    void itFindsTheNewestDumpOfEachDatabaseAndTheFiles(String version) throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic(version));
        Path files = Files.createDirectories(folder.resolve("data/storage"));
        Files.writeString(files.resolve("blob"), "content");
        BackupResult result = Backups.backup(Backups.settings(
                "my shop",
                folder,
                repository.settings(),
                List.of(
                        Backups.script("primary", "echo primary; echo END"),
                        Backups.script("queue", "echo queue; echo END")),
                List.of(files)));
        assertThat(result.complete()).isTrue();

        for (String database : List.of("primary", "queue")) {
            JsonNode snapshot = newest(
                    repository, "kamal-backup,app:my shop,type:database,database:" + database + ",adapter:script");
            String path = dumpIn(repository, snapshot, "my-shop", database).orElseThrow();
            assertThat(new String(
                            repository.runForBytes(
                                    "dump", snapshot.path("short_id").asText(), path),
                            StandardCharsets.UTF_8))
                    .isEqualTo(database + "\nEND\n");
        }
        JsonNode ofFiles = newest(repository, "kamal-backup,app:my shop,type:files");
        Path stage = folder.resolve("stage");
        repository.run("restore", ofFiles.path("short_id").asText(), "--target", stage.toString());
        assertThat(stage.resolve(Path.of("/").relativize(files)).resolve("blob"))
                .hasContent("content");
    }

    /** {@code snapshots --json --tag a,b}, of which the newest by its time counts. */
    private static JsonNode newest(TestRepository repository, String tags) throws Exception {
        List<JsonNode> found = new ArrayList<>();
        new ObjectMapper()
                .readTree(repository.run("snapshots", "--json", "--no-lock", "--tag", tags))
                .forEach(found::add);
        assertThat(found).as(tags).hasSize(1);
        return found.get(0);
    }

    /** The first file whose path starts with {@code databases/APP/DB/ADAPTER.}, or whose name is one of an older era. */
    private static Optional<String> dumpIn(TestRepository repository, JsonNode snapshot, String app, String database)
            throws Exception {
        for (String line : repository
                .run("ls", "--json", snapshot.path("short_id").asText())
                .lines()
                .toList()) {
            JsonNode node = new ObjectMapper().readTree(line);
            String path = node.path("path").asText();
            String stripped = path.replaceFirst("^/", "");
            String name = stripped.substring(stripped.lastIndexOf('/') + 1);
            if (node.path("type").asText().equals("file")
                    && (stripped.startsWith("databases/" + app + "/" + database + "/script.")
                            || name.startsWith("databases-" + app + "-" + database + "-script-"))) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }
}
