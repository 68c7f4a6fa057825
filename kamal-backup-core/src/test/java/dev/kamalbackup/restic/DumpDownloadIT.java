package dev.kamalbackup.restic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.RepositoryException;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ExecLauncher;
import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.run.PartOutcome;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.Mounted;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A dump out of a real repository into a file. */
class DumpDownloadIT {
    private static final String ROWS = "row\n".repeat(500_000) + "END\n";

    @TempDir
    private Path folder;

    private SnapshotContents contents;
    private String path;

    @ParameterizedTest
    @ValueSource(strings = {"0.18", "0.19"})
    void itIsThereToTheLastByteForItsOwnerAlone(String version) throws Exception {
        backedUp(version);
        Path into = folder.resolve("dump");

        DumpFetch fetched = contents.fetchDump(path, into, new Cancellation());

        assertThat(into).hasContent(ROWS);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(into)))
                .isEqualTo("rw-------");
        assertThat(fetched.bytes()).isEqualTo(ROWS.length());
        assertThat(new String(fetched.sample().head(), StandardCharsets.US_ASCII))
                .hasSize(4096)
                .startsWith("row\n");
        assertThat(new String(fetched.sample().tail(), StandardCharsets.US_ASCII))
                .hasSize(4096)
                .endsWith("row\nEND\n");
    }

    @Test
    void aFullDiskIsTheTargetsAndNotTheRepositorys() throws Exception {
        backedUp("0.19");
        Path disk = Files.createDirectory(folder.resolve("disk"));
        try (Mounted small = Mounted.tmpfs(disk, "size=1m")) {
            assertThatThrownBy(() -> contents.fetchDump(path, disk.resolve("dump"), new Cancellation()))
                    .isInstanceOfSatisfying(RestoreException.class, full -> {
                        assertThat(full.fault().subject())
                                .isEqualTo(disk.resolve("dump").toString());
                        assertThat(full.fault().reason()).contains("no space left on device");
                        assertThat(full.fault().hint()).contains("make room for the dump there");
                    });
        }
    }

    @Test
    void whatIsNotInTheSnapshotIsRestics() throws Exception {
        backedUp("0.19");

        assertThatThrownBy(() -> contents.fetchDump("/nothing", folder.resolve("dump"), new Cancellation()))
                .isInstanceOf(RepositoryException.class)
                .hasMessageContaining("fetch /nothing");
    }

    @Test
    void aFileThatIsThereIsLeftAlone() throws Exception {
        backedUp("0.19");
        Path there = Files.writeString(folder.resolve("dump"), "precious");

        assertThatThrownBy(() -> contents.fetchDump(path, there, new Cancellation()))
                .isInstanceOf(RestoreException.class);

        assertThat(there).hasContent("precious");
    }

    private void backedUp(String version) throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic(version));
        PartOutcome part = Backups.backup(Backups.settings(
                        folder,
                        repository.settings(),
                        List.of(Backups.script("app", "yes row | head -n 500000; echo END")),
                        List.of()))
                .parts()
                .get(0);
        Restic restic = new Restic(
                repository.settings(),
                System.getenv(),
                folder.resolve("cache"),
                ExecLauncher.detect(Redactor.knowing(List.of(), Map.of()), System.getenv()),
                CommitMethod.strongest());
        contents = restic.contents(((PartOutcome.Saved) part).snapshot());
        path = contents.list(new Cancellation()).stream()
                .filter(node -> node.size() > 0)
                .map(Node::path)
                .findFirst()
                .orElseThrow();
    }
}
