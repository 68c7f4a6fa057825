package dev.kamalbackup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.state.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A swap, and what a later start makes of one that was killed at each of its steps. */
class FolderSwapTest {
    private static final List<String> OLD = List.of("both=old", "logs/a.log=kept", "old=old", "sub/deep=old");
    private static final List<String> NEW = List.of("both=new", "logs/a.log=kept", "new=new", "sub/deep=new");

    @TempDir
    private Path target;

    private KeptContent kept;

    @BeforeEach
    void contentAndStagedContent() throws Exception {
        kept = new KeptContent(Path.of("/data"), target, new Excludes(List.of("*.log")), List.of());
        put("both", "old");
        put("old", "old");
        put("sub/deep", "old");
        put("logs/a.log", "kept");
        put(FolderSwap.STAGE + "x/both", "new");
        put(FolderSwap.STAGE + "x/new", "new");
        put(FolderSwap.STAGE + "x/sub/deep", "new");
    }

    @Test
    void replacesTheContentAndKeepsWhatIsExcluded() throws Exception {
        Object before = Files.getAttribute(target, "unix:ino");

        swapped();

        assertThat(content()).isEqualTo(NEW);
        assertThat(Files.getAttribute(target, "unix:ino"))
                .as("the folder itself stays")
                .isEqualTo(before);
    }

    @Test
    void leftOversOfAnyRunAreBroughtToAnEnd() throws Exception {
        for (String name : new String[] {"both", "old", "sub"}) {
            move(name, ".kamal-backup-replaced-of-another-run/" + name);
        }
        move(FolderSwap.STAGE + "x", FolderSwap.STAGE + "of-another-run");
        put(".kamal-backup-remove-earlier/sub/deep", "older");
        put(FolderSwap.STAGE + "later/unfinished", "half");

        FolderSwap.recover(target, new FileSteps());

        assertThat(content()).isEqualTo(NEW);
    }

    @Test
    void ofTwoThatWereKilledTheOneThatIsLessFarIsUndone() throws Exception {
        for (String name : new String[] {"both", "old"}) {
            move(name, ".kamal-backup-replaced-x/" + name);
        }
        move(FolderSwap.STAGE + "x/new", ".kamal-backup-replacing-later/new");
        move("sub", ".kamal-backup-replaced-x/sub");

        FolderSwap.recover(target, new FileSteps());

        assertThat(content()).isEqualTo(NEW);
    }

    @Test
    void whatCameMeanwhileIsNotLostWhenTheOldContentGetsItsNamesBack() throws Exception {
        move("both", ".kamal-backup-replacing-x/both");
        move("sub", ".kamal-backup-replacing-x/sub");
        put("both", "written meanwhile");
        put("sub/more", "written meanwhile");
        put("sub/deep", "written meanwhile");

        FolderSwap.recover(target, new FileSteps());

        assertThat(content())
                .containsAll(OLD)
                .contains(
                        "both.found-at-restore=written meanwhile",
                        "sub/deep.found-at-restore=written meanwhile",
                        "sub/more=written meanwhile")
                .hasSize(OLD.size() + 3);
    }

    @Test
    void leftOversInASnapshotAreNotPutInPlace() throws Exception {
        put(FolderSwap.STAGE + "x/.kamal-backup-replaced-old/precious", "saved between a crash and a restore");

        swapped();

        assertThat(content()).isEqualTo(NEW);
    }

    @Test
    void whatCannotBeMovedAsideLeavesEverythingAsItWas() throws Exception {
        Files.createDirectories(target.resolve(".kamal-backup-replacing-x"));

        assertThatThrownBy(this::swapped).isInstanceOf(IOException.class);

        FolderSwap.recover(target, new FileSteps());
        assertThat(content()).isEqualTo(OLD);
    }

    private void swapped() throws IOException {
        FolderSwap swap = new FolderSwap(kept, "x", new FileSteps());
        swap.swap();
        swap.finish();
    }

    @Test
    void aLinkIsRemovedAndNotWhatItLeadsTo(@TempDir Path elsewhere) throws Exception {
        Files.writeString(elsewhere.resolve("precious"), "precious");
        Files.createSymbolicLink(target.resolve("sub/link"), elsewhere);

        FileTree.remove(target.resolve("sub"));

        assertThat(elsewhere.resolve("precious")).exists();
        assertThat(target.resolve("sub")).doesNotExist();
    }

    private void put(String file, String text) throws Exception {
        Files.createDirectories(target.resolve(file).getParent());
        Files.writeString(target.resolve(file), text);
    }

    private void move(String from, String to) throws Exception {
        Files.createDirectories(target.resolve(to).getParent());
        Files.move(target.resolve(from), target.resolve(to));
    }

    private List<String> content() throws Exception {
        try (Stream<Path> files = Files.walk(target)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> target.relativize(file) + "=" + read(file))
                    .sorted()
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
