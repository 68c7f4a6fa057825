package dev.kamalbackup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.testing.ScriptAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Restores that are killed, with their children, at fifty moments: nothing is lost, and the same command brings it to its
 * end. {@link SwapStepsTest} hits every single step of the renames; this one hits whatever else there is.
 */
class KilledRestoreIT {
    private static final int KILLS = 50;
    private static final int SIDE_BY_SIDE = 2;
    private static final int OF_WHICH_ONE_IS_RUN_AGAIN = 8;
    private static final int OF_WHICH_ONE_IS_LATE = 4;

    @TempDir
    private Path folder;

    @Test
    void killedAtFiftyMomentsItLosesNothingAndTheSameCommandFinishesIt() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        try {
            List<Callable<Integer>> lines = IntStream.range(0, SIDE_BY_SIDE)
                    .<Callable<Integer>>mapToObj(line -> () -> new Line(folder.resolve("line-" + line), line).run())
                    .toList();
            int touched = 0;
            for (Future<Integer> line : threads.invokeAll(lines)) {
                touched += line.get();
            }
            assertThat(touched).as("kills after the first rename").isPositive();
        } finally {
            threads.shutdownNow();
        }
    }

    /** Kills one after the other, in a folder of their own. */
    private static final class Line {
        private final Path folder;
        private final RestoreLab lab;
        // Fixed, so that a moment that does harm can be had again.
        private final Random moments;
        private final List<String> old;
        private final Set<String> oldContents;
        private final List<String> restored;
        private final Set<String> newContents;
        private final Duration whole;
        private final List<RestoreTask.FilesTarget> targets;

        Line(Path folder, int seed) throws Exception {
            this.folder = Files.createDirectory(folder);
            this.lab = RestoreLab.at(folder);
            this.moments = new Random(seed);
            lab.backUp();
            this.newContents = lab.contents();
            lab.change();
            this.old = TreeText.of(lab.data());
            this.oldContents = lab.contents();
            try (KamalBackup backup = KamalBackup.builder(lab.settings())
                    .adapters(new ScriptAdapter())
                    .build()) {
                this.targets = backup.planRestore(RestoreRequest.latest()).files();
            }
            long began = System.nanoTime();
            runToItsEnd();
            this.whole = Duration.ofNanos(System.nanoTime() - began);
            this.restored = TreeText.of(lab.data());
            assertThat(restored)
                    .isNotEqualTo(old)
                    .anyMatch(line -> line.startsWith("storage/fresh/deep/b.log"))
                    .noneMatch(line -> line.contains(".kamal-backup-"));
            assertThat(lab.contents()).containsAll(newContents).contains("kept");
        }

        int run() throws Exception {
            int touched = 0;
            for (int kill = 0; kill < KILLS / SIDE_BY_SIDE; kill++) {
                lab.change();
                String where = "kill " + kill + ": " + kill(kill);

                Set<String> left = lab.contents();
                assertThat(left.containsAll(oldContents) || left.containsAll(newContents))
                        .as(where)
                        .isTrue();
                for (String kept : RestoreLab.KEPT) {
                    assertThat(lab.data().resolve(kept)).as(where).hasContent("kept");
                }
                touched += isTouched() ? 1 : 0;
                if (kill % OF_WHICH_ONE_IS_RUN_AGAIN == 0) {
                    runToItsEnd();
                    assertThat(TreeText.of(lab.data())).as(where).isEqualTo(restored);
                } else {
                    // What the same command does first; from here on it is a restore like any other.
                    FilesRestore.recover(lab.settings().paths(), targets);
                    assertWhole(where);
                }
            }
            return touched;
        }

        /** Each path has its old content or its new. */
        private void assertWhole(String where) throws IOException {
            List<String> now = TreeText.of(lab.data());
            for (RestoreTask.FilesTarget target : targets) {
                String name = target.target().getFileName().toString();
                assertThat(below(name, now)).as(where).isIn(below(name, old), below(name, restored));
            }
            assertThat(now).as(where).noneMatch(line -> line.contains(".kamal-backup-"));
        }

        private static List<String> below(String name, List<String> lines) {
            return lines.stream()
                    .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "/"))
                    .toList();
        }

        private boolean isTouched() {
            return !Files.exists(lab.data().resolve("storage/a0/00/file 0"))
                    || !Files.exists(lab.data().resolve("empty/no longer"));
        }

        /** Some once the first rename has been made, which is a short time in a long one. */
        private String kill(int kill) throws Exception {
            Process jvm = start();
            Duration moment = whole.multipliedBy(moments.nextInt(1000)).dividedBy(1000);
            boolean late = kill % OF_WHICH_ONE_IS_LATE == 1;
            if (late) {
                moment = Duration.ofMillis(moments.nextInt(60));
                while (jvm.isAlive() && !isTouched()) {
                    TimeUnit.MILLISECONDS.sleep(2);
                }
            }
            jvm.waitFor(moment.toMillis(), TimeUnit.MILLISECONDS);
            List<ProcessHandle> children = jvm.descendants().toList();
            jvm.destroyForcibly();
            children.forEach(ProcessHandle::destroyForcibly);
            jvm.waitFor();
            for (ProcessHandle child : children) {
                child.onExit().get(10, TimeUnit.SECONDS);
            }
            return moment + (late ? " after the first rename" : " after the start");
        }

        private void runToItsEnd() throws Exception {
            assertThat(start().waitFor()).as("exit code").isZero();
        }

        private Process start() throws IOException {
            return new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-XX:+UseSerialGC",
                            "-cp",
                            System.getProperty("java.class.path"),
                            "-Dkamalbackup.tools=" + System.getProperty("kamalbackup.tools"),
                            KilledRestore.class.getName(),
                            folder.toString())
                    .inheritIO()
                    .start();
        }
    }
}
