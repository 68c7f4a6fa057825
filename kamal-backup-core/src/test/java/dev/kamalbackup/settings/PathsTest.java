package dev.kamalbackup.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.BackupPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathsTest {
    @TempDir
    Path folder;

    /** Before JUnit cleans up: it warns of links that lead out of its folder. */
    @AfterEach
    void removeLinks() throws IOException {
        for (String link : List.of("innocent", "second", "a", "b", "link")) {
            Files.deleteIfExists(folder.resolve(link));
        }
    }

    @Test
    void aPathMayBeATextOrHaveExcludesAndIsMadeAbsolute() {
        assertThat(ConfigLab.minimal(
                                folder,
                                "paths:",
                                "  - storage/../files",
                                "  - /data/with:colon",
                                "  - path: /data/big",
                                "    exclude: ['*.tmp', cache]")
                        .read()
                        .paths())
                .containsExactly(
                        BackupPath.of(folder.resolve("files")),
                        BackupPath.of(Path.of("/data/with:colon")),
                        new BackupPath(Path.of("/data/big"), List.of("*.tmp", "cache")));
    }

    @Test
    void oneColonInTheGroupedFileIsPartOfTheName() {
        assertThat(ConfigLab.minimal(folder, "paths: /data/a:b").read().paths())
                .containsExactly(BackupPath.of(Path.of("/data/a:b")));
    }

    @Test
    void theHomeFolderIsTheUsersOwn() {
        ConfigLab lab = ConfigLab.minimal(folder, "paths: [~/storage]").set("HOME", "/srv/me");
        assertThat(lab.read().paths()).containsExactly(BackupPath.of(Path.of("/srv/me/storage")));
        assertThat(lab.unset("HOME").problems())
                .containsExactly(
                        "config/kamal-backup.yml:9: paths[1]: begins with ~, which is not known here; write the"
                                + " absolute path");
        assertThat(ConfigLab.minimal(folder, "paths: [~joe/x]")
                        .set("HOME", "/srv/me")
                        .problems())
                .hasSize(1);
    }

    @Test
    void aMissingPathIsNoConcernOfTheReader() {
        assertThat(ConfigLab.minimal(folder, "paths: [/does/not/exist]").read().paths())
                .hasSize(1);
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
                "/bin",
                "/sbin",
                "/boot",
                "/dev",
                "/proc",
                "/sys",
                "/run",
                "/home",
                "/var/lib",
                "/var/lib/../lib"
            })
    void aFolderOfTheSystemIsRefusedUnlessItIsMeant(String path) {
        ConfigLab lab = ConfigLab.minimal(folder, "paths: ['" + path + "']");
        assertThat(lab.problems())
                .singleElement()
                .asString()
                .contains("is a folder of the operating system; set KAMAL_BACKUP_ALLOW_SUSPICIOUS_PATHS=true");
        assertThat(lab.set("KAMAL_BACKUP_ALLOW_SUSPICIOUS_PATHS", "true").read().paths())
                .hasSize(1);
    }

    @Test
    void theFlatFileMayAllowSuspiciousPathsToo() {
        assertThat(ConfigLab.minimal(folder, "paths: [/etc]", "allow_suspicious_paths: yes")
                        .read()
                        .paths())
                .hasSize(1);
    }

    @Test
    void aLinkToAFolderOfTheSystemIsRefused() throws IOException {
        Files.createSymbolicLink(folder.resolve("innocent"), Path.of("/"));
        Files.createSymbolicLink(folder.resolve("second"), folder.resolve("innocent/etc"));
        assertThat(ConfigLab.minimal(folder, "paths: [innocent]").problems())
                .singleElement()
                .asString()
                .contains("leads to /, a folder of the operating system");
        assertThat(ConfigLab.minimal(folder, "paths: [second]").problems())
                .singleElement()
                .asString()
                .contains("leads to /etc");
    }

    @Test
    void linksInACircleAreTakenAsTheyStand() throws IOException {
        Files.createSymbolicLink(folder.resolve("a"), folder.resolve("b"));
        Files.createSymbolicLink(folder.resolve("b"), folder.resolve("a"));
        assertThat(ConfigLab.minimal(folder, "paths: [a/x]").read().paths()).hasSize(1);
    }

    @Test
    void pathsThatOverlapAreRefusedAlsoThroughALink() throws IOException {
        Files.createDirectories(folder.resolve("data/inner"));
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("data"));
        assertThat(ConfigLab.minimal(folder, "paths: [/data, /data/inner, /data-2]")
                        .problems())
                .containsExactly(
                        "config/kamal-backup.yml:9: paths[2]: overlaps /data; one of them would be restored over"
                                + " the other");
        assertThat(ConfigLab.minimal(folder, "paths: [data/inner, link]").problems())
                .singleElement()
                .asString()
                .contains("paths[2]: overlaps");
    }

    @Test
    void onePathTwiceIsRefused() {
        assertThat(ConfigLab.environmentOnly(folder)
                        .set("BACKUP_PATHS", "/x:/x")
                        .problems())
                .containsExactly(
                        "environment: BACKUP_PATHS: overlaps /x; one of them would be restored over the other");
    }

    @Test
    void theSourcesOfALocalRestoreArePairedWithThePaths() {
        assertThat(ConfigLab.minimal(folder, "paths: [/data/a]", "restore_from: [/x/a, /x/b]")
                        .problems())
                .containsExactly(
                        "config/kamal-backup.yml:10: restore_from: lists 2 where paths lists 1; each path needs"
                                + " the one it is restored from, in the same order");
    }

    @Test
    void aListWithoutEndIsRefused() {
        String many = IntStream.range(0, 1_000).mapToObj(i -> "/data/" + i).collect(Collectors.joining(":"));
        assertThat(ConfigLab.environmentOnly(folder).set("BACKUP_PATHS", many).problems())
                .containsExactly("environment: BACKUP_PATHS: lists more than 200 paths; back up what holds them");
    }
}
