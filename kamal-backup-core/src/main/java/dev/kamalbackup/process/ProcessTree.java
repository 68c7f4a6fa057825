package dev.kamalbackup.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A program with everything it started, even what was left behind by a parent that died: all of them carry the same mark
 * in their environment, which Linux shows in {@code /proc}.
 *
 * @param root the program
 * @param mark the line {@code NAME=value} in the environment of all of them
 */
record ProcessTree(ProcessHandle root, String mark) {
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);

    /** Ends all of them: asks first, kills after the grace period. */
    void end(Duration grace) {
        // Taken before anything dies: an orphan is nobody's descendant any more.
        List<ProcessHandle> members = Stream.concat(Stream.concat(Stream.of(root), root.descendants()), marked())
                .distinct()
                .toList();
        members.forEach(ProcessHandle::destroy);
        if (!awaitAll(members, grace)) {
            members.stream().filter(ProcessHandle::isAlive).forEach(ProcessHandle::destroyForcibly);
            awaitAll(members, AFTER_KILL);
        }
    }

    /** Kills what the program left behind when it ended. */
    void endOrphans() {
        marked().forEach(ProcessHandle::destroyForcibly);
    }

    private Stream<ProcessHandle> marked() {
        return ProcessHandle.allProcesses().filter(this::hasMark);
    }

    private boolean hasMark(ProcessHandle process) {
        Path environment = Path.of("/proc", Long.toString(process.pid()), "environ");
        try {
            String variables = "\0" + new String(Files.readAllBytes(environment), StandardCharsets.ISO_8859_1);
            return variables.contains("\0" + mark + "\0");
        } catch (IOException otherUsersOrGone) {
            // What may not be looked into was not started from here.
            return false;
        }
    }

    private static boolean awaitAll(List<ProcessHandle> members, Duration timeout) {
        CompletableFuture<?>[] exits =
                members.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new);
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
