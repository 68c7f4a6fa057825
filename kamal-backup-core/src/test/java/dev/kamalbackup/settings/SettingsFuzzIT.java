package dev.kamalbackup.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two hundred thousand inputs from a seed of today; a failure names the seed that repeats it. */
class SettingsFuzzIT {
    private static final int INPUTS = 200_000;
    private static final int THREADS = 2;

    @Test
    void nothingButSettingsOrExplainedProblemsEverComesOut(@TempDir Path folder) throws Exception {
        long first = System.currentTimeMillis();
        System.out.println("SettingsFuzzIT: seeds from " + first);
        int each = INPUTS / SettingsFuzz.ENVIRONMENTS / THREADS;
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> valid = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                long seed = first + (long) i * each;
                Path own = folder.resolve("thread-" + i);
                valid.add(threads.submit(() -> new SettingsFuzz(own).run(seed, each)));
            }
            for (Future<Integer> one : valid) {
                assertThat(one.get()).isBetween(each / 10, each * SettingsFuzz.ENVIRONMENTS * 9 / 10);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
