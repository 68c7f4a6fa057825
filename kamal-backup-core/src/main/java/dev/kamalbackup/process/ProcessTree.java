package dev.kamalbackup.process;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** Ends a process with all its descendants. */
final class ProcessTree {
    private ProcessTree() {}

    static void end(ProcessHandle root, Duration grace) {
        // Taken before anything dies: an orphan belongs to nobody's tree any more.
        List<ProcessHandle> tree =
                Stream.concat(Stream.of(root), root.descendants()).toList();
        tree.forEach(ProcessHandle::destroy);
        if (!awaitAll(tree, grace)) {
            tree.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
            awaitAll(tree, Duration.ofSeconds(5));
        }
    }

    private static boolean awaitAll(List<ProcessHandle> tree, Duration timeout) {
        CompletableFuture<?>[] exits =
                tree.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
        try {
            CompletableFuture.allOf(exits).get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException | ExecutionException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
