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
        kept = new KeptContent(Path.of("/data"), target, List.of(new ExcludePattern("*.log")), List.of());
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

        new FolderSwap(target, target.resolve(FolderSwap.STAGE + "x"), "x", kept).swap();

        assertThat(content()).isEqualTo(NEW);
        assertThat(Files.getAttribute(target, "unix:ino"))
                .as("the folder itself stays")
                .isEqualTo(before);
    }

    @Test
    void killedWhileOldContentWasMovedAsideItIsUndone() throws Exception {
        move("old", ".kamal-backup-replacing-x/old");
        move("sub", ".kamal-backup-replacing-x/sub");

        FolderSwap.recover(target, kept);

        assertThat(content()).isEqualTo(OLD);
    }

    @Test
    void killedAfterThePointOfNoReturnItIsCompleted() throws Exception {
        for (String name : new String[] {"both", "old", "sub", "logs"}) {
            move(name, ".kamal-backup-replaced-x/" + name);
        }
        move(FolderSwap.STAGE + "x/new", "new");

        FolderSwap.recover(target, kept);

        assertThat(content()).isEqualTo(NEW);
    }

    @Test
    void killedWhileExcludedContentWasBroughtBackItIsCompleted() throws Exception {
        for (String name : new String[] {"both", "old", "sub", "logs"}) {
            move(name, ".kamal-backup-replaced-x/" + name);
        }
        for (String name : new String[] {"both", "new", "sub"}) {
            move(FolderSwap.STAGE + "x/" + name, name);
        }
        Files.delete(target.resolve(FolderSwap.STAGE + "x"));
        move(".kamal-backup-replaced-x/logs/a.log", "logs/a.log");

        FolderSwap.recover(target, kept);

        assertThat(content()).isEqualTo(NEW);
    }

    @Test
    void killedWhileOldContentWasRemovedTheRestGoes() throws Exception {
        new FolderSwap(target, target.resolve(FolderSwap.STAGE + "x"), "x", kept).swap();
        put(".kamal-backup-remove-x/sub/deep", "old");

        FolderSwap.recover(target, kept);

        assertThat(content()).isEqualTo(NEW);
    }

    @Test
    void killedBeforeAnythingWasTouchedOnlyTheStagedContentGoes() throws Exception {
        FolderSwap.recover(target, kept);

        assertThat(content()).isEqualTo(OLD);
    }

    @Test
    void whatCannotBeMovedAsideLeavesEverythingAsItWas() throws Exception {
        Files.createDirectories(target.resolve(".kamal-backup-replacing-x"));

        assertThatThrownBy(() -> new FolderSwap(target, target.resolve(FolderSwap.STAGE + "x"), "x", kept).swap())
                .isInstanceOf(IOException.class);

        FolderSwap.recover(target, kept);
        assertThat(content()).isEqualTo(OLD);
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
