package dev.kamalbackup.restic;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RepositoryException;
import dev.kamalbackup.error.RepositoryException.Kind;
import dev.kamalbackup.process.CommandOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Turns restic's exit code and what it said into an exception that names restic and says what to do. */
final class ResticFailure {
    /** Where in restic's own source it failed, which some messages carry. */
    private static final Pattern STACK =
            Pattern.compile("^(github\\.com/|golang\\.org/|runtime\\.|main\\.)\\S+$|^\\s+\\S+\\.(go|s):\\d+$");

    /** One of all snapshots, which most commands read; restic 0.14 to 0.19. */
    private static final Pattern UNREADABLE_SNAPSHOT = Pattern.compile("(Error loading|failed to load) snapshot");

    /** Restic may end before it has passed on what ssh said, 1 time in 7 (restic 0.19). */
    private static final String SSH_HINT =
            "see that ssh gets in from here, with the key and known hosts of this user and"
                    + " without a question; what it says: ssh -o BatchMode=yes -s USER@HOST sftp";

    private ResticFailure() {}

    static RepositoryException of(String operation, String repository, int exitCode, String stderr) {
        Kind kind = kind(exitCode, stderr);
        return new RepositoryException(
                kind, new Fault(operation, repository, reason(exitCode, readable(stderr)), hint(kind, stderr)));
    }

    static RepositoryException unreachable(String operation, String repository, long seconds, String stderr) {
        return givenUp(
                operation,
                repository,
                "restic could not open the repository within " + seconds + " s",
                stderr,
                "see that the storage server runs and can be reached from here; restic.open_timeout sets how long to wait");
    }

    static RepositoryException stalled(String operation, String repository, String reason, String stderr) {
        return givenUp(
                operation,
                repository,
                "restic was ended: " + reason,
                stderr,
                "see whether the storage server and the network to it still work; backup.stall_timeout sets how long nothing"
                        + " may move");
    }

    private static RepositoryException givenUp(
            String operation, String repository, String reason, String stderr, String hint) {
        String said = readable(stderr);
        return new RepositoryException(
                Kind.UNREACHABLE,
                new Fault(operation, repository, reason + (said.isEmpty() ? "" : "; it said: " + said), hint));
    }

    /** Restic mixes JSON messages and plain lines on standard error; people want the text. */
    static String readable(String stderr) {
        List<String> lines = new ArrayList<>();
        stderr.lines()
                .flatMap(line -> text(line).lines())
                .filter(line -> !STACK.matcher(line).find())
                .map(String::strip)
                .forEach(text -> {
                    if (!text.isEmpty() && !lines.contains(text)) {
                        lines.add(text);
                    }
                });
        return String.join("\n", lines);
    }

    private static String text(String line) {
        JsonNode message = ResticJson.parse(line);
        if (message == null) {
            return line;
        }
        String item = message.path("item").asText("");
        String said = message.path("message")
                .asText(message.path("error").path("message").asText(line));
        return item.isEmpty() || said.contains(item) ? said : item + ": " + said;
    }

    private static String reason(int exitCode, String said) {
        String ended = "restic " + CommandOutput.ending(exitCode);
        return said.isEmpty() ? ended : ended + ": " + said;
    }

    private static Kind kind(int exitCode, String stderr) {
        return switch (exitCode) {
            case 10 -> Kind.MISSING;
            case 11 -> Kind.LOCKED;
            case 12 -> Kind.WRONG_PASSWORD;
            default -> UNREADABLE_SNAPSHOT.matcher(stderr).find() ? Kind.SNAPSHOT_DAMAGED : Kind.FAILED;
        };
    }

    private static String hint(Kind kind, String stderr) {
        return switch (kind) {
            case MISSING ->
                "check restic.repository; if it is meant to be new, allow it with restic.init_if_missing: true";
            case LOCKED ->
                "wait until the other restic has ended; a lock left by a killed one goes with: kamal-backup unlock";
            case WRONG_PASSWORD -> "check restic.password: it must be the one the repository was created with";
            case SNAPSHOT_DAMAGED ->
                "if that file of the folder snapshots is damaged, bring it back from a copy of the repository, or remove it:"
                        + " what it stood for cannot be restored; then run: kamal-backup check";
            case UNREACHABLE, FAILED ->
                stderr.contains("unable to start the sftp session") ? SSH_HINT : diskHint(stderr);
        };
    }

    private static String diskHint(String stderr) {
        if (stderr.contains("no space left on device")
                || stderr.contains("disk quota exceeded")
                || stderr.contains("unexpected HTTP response (507)")) {
            // Restic fails when it cannot write its cache, which is ours to place: see StateFolder.cache.
            return stderr.contains("/restic-cache/")
                    ? "make room in the state folder, where restic keeps its cache, then run it again"
                    : "make room where the repository is stored, then run it again";
        }
        if (stderr.contains("permission denied") || stderr.contains("read-only file system")) {
            return "let this user write to the repository, then run it again";
        }
        return "";
    }
}
