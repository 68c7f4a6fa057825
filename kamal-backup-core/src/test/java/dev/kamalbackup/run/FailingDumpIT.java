package dev.kamalbackup.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.restic.CommitMethod;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.ScriptAdapter;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Dumpers that fail in every manner: never a snapshot, never a lock, never a child, always the dumper's own words. */
class FailingDumpIT {
    @TempDir
    private Path folder;

    static Stream<Arguments> failures() {
        List<Arguments> manners = List.of(
                Arguments.of(
                        "exits non-zero after half the rows",
                        "seq 1 200000; echo 'server gone' >&2; exit 1",
                        "bash ended with exit code 1: server gone"),
                Arguments.of(
                        "exits non-zero after all the rows",
                        "echo rows; echo END; echo 'late error' >&2; exit 2",
                        "bash ended with exit code 2: late error"),
                Arguments.of("writes nothing", "echo 'nothing to say' >&2", "bash wrote nothing"),
                Arguments.of(
                        "is killed half-way",
                        "seq 1 200000; echo 'about to die' >&2; kill -9 $$",
                        "bash was ended by signal 9: about to die"),
                Arguments.of(
                        "hangs",
                        "seq 1 1000; echo 'waiting for a lock' >&2; sleep 600; echo END",
                        "not one byte moved for 4 s; then bash was ended by signal 15: waiting for a lock"),
                Arguments.of(
                        "hangs and ignores SIGTERM",
                        "trap '' TERM; seq 1 1000; sleep 600; echo END",
                        "not one byte moved for 4 s"),
                Arguments.of("truncates and exits 0", "seq 1 200000", "the dump is not whole: the line END is missing"),
                Arguments.of("leaves a child behind that holds the pipe", "sleep 600 & echo rows; exit 5", "bash"));
        return Stream.of(CommitMethod.values())
                .flatMap(method -> manners.stream()
                        .map(manner -> Arguments.of(method, manner.get()[0], manner.get()[1], manner.get()[2])));
    }

    @ParameterizedTest(name = "{0}: a dumper that {1}")
    @MethodSource("failures")
    void leavesNoSnapshotNoLockNoChild(CommitMethod method, String manner, String script, String message)
            throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        Settings settings =
                Backups.settings(folder, repository.settings(), List.of(Backups.script("app", script)), List.of());
        BackupResult result;
        try (KamalBackup backup = KamalBackup.builder(settings)
                .adapters(new ScriptAdapter())
                .commitMethod(method)
                .build()) {
            result = Backups.made(backup.backup(BackupRequest.now()));
        }

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.complete()).isFalse();
        assertThat(result.parts())
                .singleElement()
                .isInstanceOfSatisfying(
                        PartOutcome.Failed.class,
                        failed -> assertThat(failed.reason()).contains(message));
        assertThat(repository.snapshots()).isEmpty();
        assertThat(repository.locks()).isEmpty();
        assertThat(ProcessHandle.current().descendants().map(ProcessHandle::info))
                .as("children left running")
                .isEmpty();
        assertThat(folder.resolve("state/scratch/" + result.run())).doesNotExist();
        assertThat(folder.resolve("state/run.json")).doesNotExist();
    }

    @Test
    void theNextRunSucceedsWithoutHelp() throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        Path broken = Files.createFile(folder.resolve("broken"));
        Settings settings = Backups.settings(
                folder,
                repository.settings(),
                List.of(Backups.script("app", "test ! -e " + broken + " && echo rows && echo END")),
                List.of());

        assertThat(Backups.backup(settings).exitCode()).isEqualTo(1);
        Files.delete(broken);

        assertThat(Backups.backup(settings).exitCode()).isZero();
        assertThat(repository.snapshots()).hasSize(1);
    }
}
