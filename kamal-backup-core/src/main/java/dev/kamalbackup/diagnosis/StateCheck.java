package dev.kamalbackup.diagnosis;

import dev.kamalbackup.error.StateException;
import dev.kamalbackup.state.RunLock;
import dev.kamalbackup.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the folder for records, cache and scratch files can be used, and who is using it. */
final class StateCheck {
    private static final String SUBJECT = "state folder";

    /** Restic's cache and the records fit; a copy of a SQLite database is measured for itself. */
    private static final long ENOUGH = 512L * 1024 * 1024;

    private final StateFolder state;

    StateCheck(StateFolder state) {
        this.state = state;
    }

    List<Finding> findings() {
        Path folder = state.path();
        Path existing = folder;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing)) {
            return List.of(failed(existing + " is not a folder"));
        }
        if (!Files.isWritable(existing)) {
            return List.of(failed(
                    existing.equals(folder)
                            ? folder + " cannot be written to"
                            : folder + " does not exist, and " + existing + " cannot be written to"));
        }
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.ok(SUBJECT, folder + (existing.equals(folder) ? "" : " (made by the first backup)")));
        findings.add(space(existing));
        runLock().ifPresent(findings::add);
        return findings;
    }

    private static Finding space(Path folder) {
        try {
            long free = Files.getFileStore(folder).getUsableSpace();
            String detail = free / (1024 * 1024) + " MiB free for cache and scratch files";
            return free >= ENOUGH
                    ? Finding.ok("free space", detail)
                    : Finding.warning(
                            "free space", detail, "make room, or name a folder on a larger disk in state.path");
        } catch (IOException unknown) {
            return Finding.warning(
                    "free space",
                    "cannot be told: " + unknown.getMessage(),
                    "see that the disk of " + folder + " is well");
        }
    }

    private Optional<Finding> runLock() {
        try {
            return RunLock.holder(state)
                    .map(holder -> Finding.warning(
                            "run lock", "held by " + holder, "wait until it ends; a new run would be refused"));
        } catch (StateException unreadable) {
            return Optional.of(Finding.failed("run lock", unreadable));
        }
    }

    private static Finding failed(String reason) {
        return Finding.failed(
                SUBJECT,
                reason,
                "let this user write there, mount a volume there, or name another folder in state.path");
    }
}
