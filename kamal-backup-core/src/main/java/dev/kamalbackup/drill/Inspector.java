package dev.kamalbackup.drill;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.CountLine;
import dev.kamalbackup.plan.Inspection;
import dev.kamalbackup.plan.TableRows;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ChildProcess;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.ProcessLauncher;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks a restored database what is in it. */
final class Inspector {
    private static final Duration EXIT_AFTER_LAST_LINE = Duration.ofMinutes(1);
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Pattern BLOB = Pattern.compile("(\\d{1,18}) ([0-9A-Fa-f]+) ([0-9A-Fa-f]+|-) ([0-9A-Fa-f]+|-)");

    private final ProcessLauncher launcher;

    Inspector(ProcessLauncher launcher) {
        this.launcher = launcher;
    }

    /**
     * A blob that the database lists.
     *
     * @param key its key, by which its file is found
     * @param bytes its size
     * @param checksum its MD5 in base64, if it has one
     * @param service the name of the service that keeps it, if it says
     */
    record Blob(String key, long bytes, Optional<String> checksum, Optional<String> service) {}

    /** How many rows each table has. */
    TableRows rows(Inspection inspection, Cancellation cancellation) {
        return new TableRows(true, counts("count the rows", inspection, inspection.rows(), cancellation));
    }

    /** How many rows point nowhere, for each foreign key. */
    SortedMap<String, Long> danglingRows(Inspection inspection, Cancellation cancellation) {
        return counts("follow the foreign keys", inspection, inspection.foreignKeys(), cancellation);
    }

    /** Tells of each blob that the database lists. */
    void blobs(Inspection inspection, Consumer<Blob> consumer, Cancellation cancellation) {
        String operation = "list the blobs of Active Storage";
        readAll(operation, inspection, inspection.blobs(), cancellation, line -> {
            Matcher blob = BLOB.matcher(line);
            if (!blob.matches()) {
                throw unreadable(operation, inspection, line);
            }
            consumer.accept(new Blob(
                    CountLine.text(blob.group(2)),
                    Long.parseLong(blob.group(1)),
                    optional(blob.group(3)),
                    optional(blob.group(4))));
        });
    }

    private SortedMap<String, Long> counts(
            String operation, Inspection inspection, List<Command> commands, Cancellation cancellation) {
        SortedMap<String, Long> counts = new TreeMap<>();
        readAll(operation, inspection, commands, cancellation, line -> {
            CountLine count = CountLine.parse(line).orElseThrow(() -> unreadable(operation, inspection, line));
            counts.merge(count.name(), count.count(), Long::sum);
        });
        return counts;
    }

    private void readAll(
            String operation,
            Inspection inspection,
            List<Command> commands,
            Cancellation cancellation,
            Consumer<String> lines) {
        for (Command command : commands) {
            read(operation, inspection, command, cancellation, lines);
        }
        cancellation.throwIfCancelled(operation, inspection.location());
    }

    private void read(
            String operation,
            Inspection inspection,
            Command command,
            Cancellation cancellation,
            Consumer<String> lines) {
        cancellation.throwIfCancelled(operation, inspection.location());
        try (ChildProcess child = launcher.start(command, line -> {});
                Cancellation.Registration stop = cancellation.onCancel(() -> child.end(GRACE));
                BufferedReader output =
                        new BufferedReader(new InputStreamReader(child.stdout(), StandardCharsets.UTF_8))) {
            child.closeStdin();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                if (!line.isBlank()) {
                    lines.accept(line.strip());
                }
            }
            OptionalInt exit = child.await(EXIT_AFTER_LAST_LINE);
            if (exit.orElse(1) != 0) {
                cancellation.throwIfCancelled(operation, inspection.location());
                throw failure(operation, inspection, command.name() + " failed: " + child.stderr());
            }
        } catch (IOException broken) {
            cancellation.throwIfCancelled(operation, inspection.location());
            throw new RestoreException(
                    new Fault(
                            operation,
                            inspection.location(),
                            command.name() + " could not be read: " + broken.getMessage(),
                            ""),
                    broken);
        }
    }

    private static Optional<String> optional(String hexadecimal) {
        return hexadecimal.equals("-") ? Optional.empty() : Optional.of(CountLine.text(hexadecimal));
    }

    private static RestoreException unreadable(String operation, Inspection inspection, String line) {
        return failure(operation, inspection, "it answered \"" + line + "\", which is no answer to that");
    }

    private static RestoreException failure(String operation, Inspection inspection, String reason) {
        return new RestoreException(new Fault(
                operation, inspection.location(), reason, "the restore itself is done; look at what it left"));
    }
}
