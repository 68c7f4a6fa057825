package dev.kamalbackup.restore;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.config.ResticPassword;
import dev.kamalbackup.config.ResticRepositoryLocation;
import dev.kamalbackup.config.ResticSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.restic.Snapshot;
import dev.kamalbackup.tag.TagSet;
import dev.kamalbackup.testing.Backups;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TargetGuardTest {
    private static final Snapshot SNAPSHOT = new Snapshot(
            "0123456789", Instant.EPOCH, "host", TagSet.ofApp("shop"), List.of(), List.of(), OptionalLong.empty());

    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void folders() throws Exception {
        data = Files.createDirectories(folder.resolve("data/storage"));
        Files.createDirectories(folder.resolve("state"));
        Files.createDirectories(folder.resolve("backups/repository"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "//",
                "/.",
                "/data/..",
                "/var",
                "/var/",
                "/etc",
                "/root",
                "/usr",
                "/usr/bin",
                "/bin",
                "/sbin",
                "/boot",
                "/dev",
                "/proc",
                "/sys",
                "/run",
                "/lib",
                "/lib64",
                "/home",
                "/opt",
                "/tmp",
                "/tmp/x/..",
                "/var/lib",
                "/var/lib/../lib"
            })
    void aFolderOfTheSystemIsRefused(String target) {
        assertThatThrownBy(() -> check(target))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("a folder of the operating system; nothing was changed");
        assertThatCode(() -> new TargetGuard(allowing(settings("rest:http://127.0.0.1/"))).check(targets("/data")))
                .doesNotThrowAnyException();
    }

    @Test
    void aLinkToAFolderOfTheSystemIsRefusedUnlessItIsMeant() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("innocent"), Path.of("/etc"));
        Path toBin = Files.createSymbolicLink(folder.resolve("tools"), Path.of("/bin"));

        assertThatThrownBy(() -> check(link.toString())).hasMessageContaining("leads to /etc");
        assertThatThrownBy(() -> check(toBin.toString())).hasMessageContaining("a folder of the operating system");
        assertThatCode(() ->
                        new TargetGuard(allowing(settings("rest:http://127.0.0.1/"))).check(targets(link.toString())))
                .doesNotThrowAnyException();
    }

    @Test
    void targetsThatOverlapAreRefusedAlsoThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("data"));

        assertThatThrownBy(() -> check(data.toString(), link.toString())).hasMessageContaining("it overlaps " + data);
        assertThatThrownBy(() -> check(link.resolve("storage/new/one").toString(), data.toString()))
                .hasMessageContaining("it overlaps");
        assertThatCode(() -> check(data.toString(), data + "-2")).doesNotThrowAnyException();
    }

    @Test
    void aTargetThatHoldsTheStateFolderIsRefused() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);

        assertThatThrownBy(() -> check(folder.resolve("state").toString())).hasMessageContaining("the state folder");
        assertThatThrownBy(() -> check(folder.toString())).hasMessageContaining("the state folder");
        assertThatThrownBy(() -> check(link.toString())).hasMessageContaining("the state folder");
    }

    @Test
    void aTargetThatOverlapsALocalRepositoryIsRefused() throws Exception {
        Path repository = folder.resolve("backups/repository");
        Path file = Files.writeString(folder.resolve("repository-file"), repository + "\n");
        Stream.of(settings(repository.toString()), settings("local:" + repository), inFile(file))
                .map(TargetGuard::new)
                .forEach(guard -> Stream.of(repository, repository.getParent(), repository.resolve("data"))
                        .forEach(target -> assertThatThrownBy(() -> guard.check(targets(target.toString())))
                                .hasMessageContaining("it overlaps the repository " + repository)));
        assertThatCode(() -> check(data.toString())).doesNotThrowAnyException();
        assertThatCode(() -> new TargetGuard(settings("sftp:me@host:" + data)).check(targets(data.toString())))
                .doesNotThrowAnyException();
    }

    private void check(String... targets) {
        new TargetGuard(settings(folder.resolve("backups/repository").toString())).check(targets(targets));
    }

    private static List<RestoreTask.FilesTarget> targets(String... targets) {
        return Stream.of(targets)
                .map(target -> new RestoreTask.FilesTarget(SNAPSHOT, Path.of("/data"), Path.of(target)))
                .toList();
    }

    private Settings settings(String repository) {
        return settings(ResticSettings.of(repository, new Secret("password")));
    }

    private Settings inFile(Path file) {
        return settings(new ResticSettings(
                "restic",
                new ResticRepositoryLocation.InFile(file),
                new ResticPassword.Value(new Secret("password")),
                Map.of(),
                false,
                Duration.ZERO,
                Duration.ZERO));
    }

    private Settings settings(ResticSettings restic) {
        return Backups.settings(folder, restic, List.of(), List.of());
    }

    private static Settings allowing(Settings plain) {
        return new Settings(
                plain.app(),
                plain.accessory(),
                plain.databases(),
                plain.paths(),
                plain.restoreFrom(),
                plain.restic(),
                plain.backup(),
                plain.stateFolder(),
                plain.maintenance(),
                plain.monitors(),
                true);
    }
}
