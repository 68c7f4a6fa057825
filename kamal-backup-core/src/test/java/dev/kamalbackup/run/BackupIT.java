package dev.kamalbackup.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.ToolException;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.restic.CommitMethod;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.Mounted;
import dev.kamalbackup.testing.ScriptAdapter;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole backups with real restic, and what is in the repository afterwards. */
class BackupIT {
    private static final String GOOD = "echo 'some rows'; echo END";

    @TempDir
    private Path folder;

    private Path files;

    @BeforeEach
    void someFiles() throws Exception {
        files = Files.createDirectories(folder.resolve("data/storage"));
        Files.writeString(files.resolve("blob"), "content of a blob");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.18", "0.19"})
    void makesExactlyOneSnapshotForEachPartWithExactlyTheTagsOfTheRun(String version) throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic(version));

        BackupResult result = Backups.backup(settings(repository, Backups.script("app", GOOD)));

        assertThat(result.complete()).isTrue();
        assertThat(result.exitCode()).isZero();
        String run = "run:" + result.run();
        String label = "path:" + files.toString().substring(1).replace('/', '-');
        assertThat(repository.snapshots())
                .extracting(BackupIT::tags)
                .containsExactly(
                        List.of(
                                "kamal-backup",
                                "app:shop",
                                "type:database",
                                "database:app",
                                "adapter:script",
                                run,
                                "parts:2"),
                        List.of("kamal-backup", "app:shop", "type:files", label, run, "parts:2"));
        assertThat(repository.snapshots())
                .extracting(snapshot -> snapshot.path("hostname").asText())
                .containsOnly("shop-backup");
        String dumpPath = version.equals("0.18")
                ? "/databases-shop-app-script-" + result.run() + ".txt"
                : "/databases/shop/app/script.txt";
        assertThat(repository.run("dump", saved(result, 0).snapshot(), dumpPath))
                .isEqualTo("some rows\nEND\n");
        assertThat(repository.locks()).isEmpty();
    }

    @Test
    void recordsLengthAndHashOfTheDumpThatWentBy() throws Exception {
        TestRepository repository = repository();

        BackupResult result = Backups.backup(settings(repository, Backups.script("app", "printf 'abc\\nEND\\n'")));

        assertThat(saved(result, 0).bytes()).isEqualTo(8);
        // printf 'abc\nEND\n' | sha256sum
        assertThat(saved(result, 0).sha256()).isEqualTo(sha256("abc\nEND\n"));
        assertThat(Files.readString(folder.resolve("state/history.jsonl"))).contains(sha256("abc\nEND\n"));
    }

    @Test
    void aLargeDumpArrivesByteForByte() throws Exception {
        TestRepository repository = repository();

        BackupResult result = Backups.backup(settings(repository, Backups.script("app", "seq 1 5000000; echo END")));

        byte[] dump = repository.runForBytes("dump", saved(result, 0).snapshot(), "/databases/shop/app/script.txt");
        assertThat(dump).hasSize((int) saved(result, 0).bytes());
        assertThat(sha256(dump)).isEqualTo(saved(result, 0).sha256());
    }

    @ParameterizedTest
    @EnumSource(CommitMethod.class)
    void bothWaysToCommitMakeTheSameSnapshot(CommitMethod method) throws Exception {
        TestRepository repository = repository();
        try (KamalBackup backup = KamalBackup.builder(settings(repository, Backups.script("app", GOOD)))
                .adapters(new ScriptAdapter())
                .commitMethod(method)
                .build()) {
            BackupResult result = Backups.made(backup.backup(BackupRequest.now()));

            assertThat(result.complete()).isTrue();
            assertThat(repository.run("dump", saved(result, 0).snapshot(), "/databases/shop/app/script.txt"))
                    .isEqualTo("some rows\nEND\n");
        }
    }

    @Test
    void aPartThatFailsDoesNotStopTheOthersAndTheRunIsFailed() throws Exception {
        TestRepository repository = repository();

        BackupResult result = Backups.backup(
                settings(repository, Backups.script("first", "echo lost >&2; exit 3"), Backups.script("second", GOOD)));

        assertThat(result.complete()).isFalse();
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.parts())
                .extracting(part -> part.getClass().getSimpleName())
                .containsExactly("Failed", "Saved", "Saved");
        assertThat(repository.snapshots())
                .hasSize(2)
                .allSatisfy(snapshot -> assertThat(tags(snapshot)).contains("parts:3"));
        assertThat(folder.resolve("state/last_backup.json")).doesNotExist();
        assertThat(Files.readString(folder.resolve("state/history.jsonl")))
                .contains("\"outcome\":\"failed\"")
                .contains("lost");
    }

    @Test
    void startsNoMoreResticsThanDatabasesAndFilesAndTwo() throws Exception {
        TestRepository repository = repository();
        Path log = folder.resolve("started");
        Path counting = script("counting-restic", "echo \"$1\" >>" + log + "\nexec " + Tools.restic() + " \"$@\"");
        Settings settings = Backups.settings(
                folder,
                repository.settings().withProgram(counting.toString()),
                List.of(Backups.script("a", GOOD), Backups.script("b", GOOD), Backups.script("c", GOOD)),
                List.of(files));

        Backups.backup(settings);
        Files.delete(log);
        Backups.backup(settings);

        assertThat(Files.readAllLines(log))
                .as("the last is retention's; nothing is to be removed")
                .containsExactly("version", "backup", "backup", "backup", "backup", "snapshots");
    }

    @Test
    void filesThatCannotBeReadAreNamedAndTheRunIsCompleteWithWarnings() throws Exception {
        TestRepository repository = repository();
        Path unreadable = Files.createFile(files.resolve("unreadable"));
        // Even root cannot read the beginning of a process's memory.
        try (Mounted broken = Mounted.bind(Path.of("/proc/1/mem"), unreadable)) {
            BackupResult result = Backups.backup(settings(repository, Backups.script("app", GOOD)));

            assertThat(result.complete()).as("%s", result).isTrue();
            assertThat(result.exitCode()).isZero();
            assertThat(result.warnings())
                    .singleElement()
                    .asString()
                    .contains(unreadable.toString())
                    .containsPattern("permission denied|input/output error");
        }
    }

    @Test
    void aMissingPathFailsTheFilesAndNotTheDatabases() throws Exception {
        TestRepository repository = repository();

        BackupResult result = Backups.backup(Backups.settings(
                folder,
                repository.settings(),
                List.of(Backups.script("app", GOOD)),
                List.of(files, folder.resolve("not-mounted"))));

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.parts().get(1).toString())
                .contains(folder.resolve("not-mounted").toString())
                .contains("no such file or folder");
        assertThat(repository.snapshots()).hasSize(1);
    }

    @Test
    void aMissingResticIsToldBeforeAnythingIsTouched() {
        Settings settings = Backups.settings(
                folder,
                TestRepository.at(folder.resolve("repository"), Path.of("/nowhere/restic"))
                        .settings(),
                List.of(Backups.script("app", "touch " + folder.resolve("dumped"))),
                List.of(files));

        assertThatThrownBy(() -> Backups.backup(settings))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("/nowhere/restic")
                .extracting(failure -> ((ToolException) failure).hint())
                .asString()
                .contains("install restic");
        assertThat(folder.resolve("dumped")).doesNotExist();
        assertThat(folder.resolve("state")).doesNotExist();
    }

    @Test
    void aResticThatIsTooOldIsRefusedWithTheWayToANewerOne() throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic("0.14"));

        assertThatThrownBy(() -> Backups.backup(settings(repository, Backups.script("app", GOOD))))
                .isInstanceOf(ToolException.class)
                .hasMessageContaining("restic 0.14.0")
                .extracting(failure -> ((ToolException) failure).hint())
                .asString()
                .contains("0.17.1", "bin/setup");
        assertThat(repository.snapshots()).isEmpty();
    }

    @Test
    void noSecretIsSeenAnywhere() throws Exception {
        TestRepository repository = repository();
        String password = "canary-database-51c0";
        List<String> heard = new ArrayList<>();
        Path commandLines = folder.resolve("command-lines");
        // While the run is under way, the dumper itself collects every command line on the machine.
        String dump = "cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\\0' ' ' >" + commandLines
                + "; echo \"the password is $DB_PASSWORD\" >&2; echo END; exit 4";
        DatabaseSettings database = Backups.script("app", dump).with("password", new Secret(password));
        BackupResult result;
        try (KamalBackup backup = KamalBackup.builder(settings(repository, database))
                .adapters(new ScriptAdapter())
                .listener(new HearingListener(heard))
                .build()) {
            result = Backups.made(backup.backup(BackupRequest.now()));
            heard.add(backup.plan().toString());
        }

        heard.add(result.toString());
        assertThat(Files.readString(commandLines)).contains("--stdin-from-command");
        heard.add(Files.readString(commandLines));
        try (Stream<Path> state = Files.walk(folder.resolve("state"))) {
            for (Path file : state.filter(Files::isRegularFile).toList()) {
                heard.add(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        assertThat(String.join("\n", heard))
                .contains("the password is [REDACTED]")
                .doesNotContain(password)
                .doesNotContain(TestRepository.PASSWORD);
    }

    @Test
    void theDumperNeverSeesTheRepositorysPasswordNorResticTheDatabases() throws Exception {
        TestRepository repository = repository();
        Path dumperSaw = folder.resolve("dumper-saw");
        Path resticSaw = folder.resolve("restic-saw");
        Path restic = script("spying-restic", "env >>" + resticSaw + "\nexec " + Tools.restic() + " \"$@\"");
        DatabaseSettings database = Backups.script("app", "env >" + dumperSaw + "; echo END")
                .with("password", new Secret("canary-database-51c0"));

        Backups.backup(Backups.settings(
                folder, repository.settings().withProgram(restic.toString()), List.of(database), List.of()));

        assertThat(Files.readString(dumperSaw)).contains("DB_PASSWORD=").doesNotContain("RESTIC_");
        assertThat(Files.readString(resticSaw)).contains("RESTIC_PASSWORD=").doesNotContain("canary-database");
    }

    private Settings settings(TestRepository repository, DatabaseSettings... databases) {
        return Backups.settings(folder, repository.settings(), List.of(databases), List.of(files));
    }

    private TestRepository repository() throws Exception {
        return TestRepository.create(folder.resolve("repository"), Tools.restic());
    }

    private Path script(String name, String text) throws Exception {
        Path script = Files.writeString(folder.resolve(name), "#!/bin/bash\n" + text + "\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }

    private static PartOutcome.Saved saved(BackupResult result, int part) {
        return (PartOutcome.Saved) result.parts().get(part);
    }

    private static List<String> tags(JsonNode snapshot) {
        List<String> tags = new ArrayList<>();
        snapshot.path("tags").forEach(tag -> tags.add(tag.asText()));
        return tags;
    }

    private static String sha256(String text) throws Exception {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String sha256(byte[] bytes) throws Exception {
        return java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
