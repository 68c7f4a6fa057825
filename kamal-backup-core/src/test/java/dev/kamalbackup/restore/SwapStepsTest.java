package dev.kamalbackup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.restore.Interrupted.How;
import dev.kamalbackup.restore.Interrupted.Killed;
import dev.kamalbackup.state.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every swap, stopped before each of its steps; and the recovery from that, stopped before each of its own. In the end
 * there is the old content or the new, never a mixture, and what is kept has never moved.
 */
class SwapStepsTest {
    @TempDir
    private Path folder;

    private interface Work {
        void run(FileSteps steps) throws IOException;
    }

    @ParameterizedTest
    @EnumSource(SwapShape.class)
    void replacesOrPutsBack(SwapShape shape) throws Exception {
        List<String> old = shape.oldContent(folder.resolve("old"));
        List<String> fresh = shape.newContent(folder.resolve("new"));
        assertThat(fresh).isNotEqualTo(old).noneMatch(line -> line.contains(".kamal-backup-"));

        Path root = shape.build(folder.resolve("undone"));
        Swap swap = shape.swap(root, new FileSteps());
        swap.swap();
        assertThat(swap.isBegun()).isTrue();
        assertThat(withoutOurs(root)).isEqualTo(fresh);
        swap.undo();
        assertThat(swap.isBegun()).isFalse();
        assertThat(withoutOurs(root)).isEqualTo(old);
    }

    @ParameterizedTest
    @EnumSource(SwapShape.class)
    void killedBeforeAnyStepOfTheSwap(SwapShape shape) throws Exception {
        killedBeforeEachStep(
                shape, root -> {}, (root, steps) -> shape.swap(root, steps).swap());
    }

    @ParameterizedTest
    @EnumSource(SwapShape.class)
    void killedBeforeAnyStepOfTheEnd(SwapShape shape) throws Exception {
        killedBeforeEachStep(
                shape,
                root -> shape.swap(root, new FileSteps()).swap(),
                (root, steps) -> shape.swap(root, steps).finish());
    }

    @ParameterizedTest
    @EnumSource(SwapShape.class)
    void killedBeforeAnyStepOfTheWayBack(SwapShape shape) throws Exception {
        killedBeforeEachStep(
                shape,
                root -> shape.swap(root, new FileSteps()).swap(),
                (root, steps) -> shape.swap(root, steps).undo());
    }

    @ParameterizedTest
    @EnumSource(SwapShape.class)
    void anErrorOfTheDiskLeavesEverythingAsItWas(SwapShape shape) throws Exception {
        List<String> old = shape.oldContent(folder.resolve("old"));
        int steps = stepsOf(
                shape.build(folder.resolve("counted")),
                (root, counted) -> shape.swap(root, counted).swap());
        for (int before = 0; before < steps; before++) {
            Path root = shape.build(folder.resolve("error-" + before));
            Swap swap = shape.swap(root, new Interrupted(How.ONE_ERROR, before));
            try {
                swap.swap();
                // Second names can be done without.
                assertThat(shape).isIn(SwapShape.FILE, SwapShape.LINK);
            } catch (IOException failed) {
                assertThat(failed.getSuppressed())
                        .as("error at step %d", before)
                        .isEmpty();
                assertThat(swap.isBegun()).as("error at step %d", before).isFalse();
                assertThat(withoutOurs(root)).as("error at step %d", before).isEqualTo(old);
            }
            FileTree.remove(root);
        }
    }

    @ParameterizedTest
    @EnumSource(SwapShape.class)
    void errorsThatDoNotEndLoseNothing(SwapShape shape) throws Exception {
        List<String> old = shape.oldContent(folder.resolve("old"));
        List<String> fresh = shape.newContent(folder.resolve("new"));
        int steps = stepsOf(
                shape.build(folder.resolve("counted")),
                (root, counted) -> shape.swap(root, counted).swap());
        for (int before = 0; before < steps; before++) {
            Path root = shape.build(folder.resolve("errors-" + before));
            Swap swap = shape.swap(root, new Interrupted(How.ERRORS_FROM_THEN_ON, before));

            assertThatThrownBy(swap::swap).isInstanceOf(IOException.class);
            if (!swap.isBegun()) {
                assertThat(withoutOurs(root))
                        .as("errors from step %d on", before)
                        .isEqualTo(old);
            } else {
                assertThatThrownBy(swap::undo).isInstanceOf(IOException.class);
            }
            shape.recover(root, new FileSteps());

            assertThat(TreeText.of(root)).as("errors from step %d on", before).isIn(old, fresh);
            FileTree.remove(root);
        }
    }

    private interface Preparation {
        void run(Path root) throws IOException;
    }

    private interface WorkOn {
        void run(Path root, FileSteps steps) throws IOException;
    }

    private void killedBeforeEachStep(SwapShape shape, Preparation preparation, WorkOn work) throws Exception {
        List<String> old = shape.oldContent(folder.resolve("old"));
        List<String> fresh = shape.newContent(folder.resolve("new"));
        Path counted = shape.build(folder.resolve("counted"));
        preparation.run(counted);
        int steps = stepsOf(counted, work);
        assertThat(steps).isPositive();
        for (int before = 0; before < steps; before++) {
            int recovering = 1;
            for (int again = 0; again < recovering; again++) {
                String where = "killed at step " + before + ", then at step " + again + " of the recovery";
                Path root = shape.build(folder.resolve("killed-" + before + "-" + again));
                Map<String, Object> kept = inodes(root);
                preparation.run(root);
                kill(before, stopped -> work.run(root, stopped));
                assertThat(inodes(root)).as(where).isEqualTo(kept);

                Interrupted recovery = new Interrupted(How.KILLED, again);
                try {
                    shape.recover(root, recovery);
                } catch (Killed killed) {
                    recovering = again + 2;
                    assertThat(inodes(root)).as(where).isEqualTo(kept);
                    shape.recover(root, new FileSteps());
                }

                assertThat(TreeText.of(root)).as(where).isIn(old, fresh);
                assertThat(inodes(root)).as(where).isEqualTo(kept);
                FileTree.remove(root);
            }
        }
    }

    private static int stepsOf(Path root, WorkOn work) throws IOException {
        Interrupted steps = Interrupted.never();
        work.run(root, steps);
        return steps.taken();
    }

    private static void kill(int before, Work work) throws IOException {
        try {
            work.run(new Interrupted(How.KILLED, before));
        } catch (Killed killed) {
            return;
        }
        throw new AssertionError("there was no step " + before);
    }

    /** Where what is kept lies, and that it is the very same file. */
    private static Map<String, Object> inodes(Path root) throws IOException {
        Map<String, Object> inodes = new TreeMap<>();
        for (String place : List.of(
                "folder/logs/a.log",
                "folder/fresh/sub/b.log",
                "folder/cache/kept",
                "folder/live.sqlite3",
                "bystander")) {
            Path file = root.resolve(place);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                inodes.put(place, Files.getAttribute(file, "unix:ino"));
            }
        }
        return inodes;
    }

    private static List<String> withoutOurs(Path root) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<String> all = TreeText.of(root).stream()) {
            all.filter(line -> !line.contains(".kamal-backup-")).forEach(lines::add);
        }
        return lines;
    }
}
