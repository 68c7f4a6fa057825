package dev.kamalbackup.drill;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.CountLines;
import dev.kamalbackup.plan.Inspection;
import dev.kamalbackup.plan.TableRows;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.process.ProgramLines;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at what is in a restored database, as its adapter has planned it. All methods throw {@link RestoreException} if it
 * cannot be looked at, {@link dev.kamalbackup.error.ToolException} if a program is missing, and
 * {@link dev.kamalbackup.error.CancelledException} if stopping was asked for.
 */
public final class Inspector {
    /** A large table without an index for its foreign key takes hours, and a drill may be let alone over night. */
    private static final Duration LONGEST = Duration.ofHours(12);

    private static final Pattern BLOB = Pattern.compile(
            "(\\d{1,18}) ((?:[0-9A-Fa-f]{2})*) (-|(?:[0-9A-Fa-f]{2})+) (-|(?:[0-9A-Fa-f]{2})+)(?: ([01]))?");

    private static final String HINT =
            "see what the program says; the restored database may be looked at by hand as long as it is kept";

    private final ProcessLauncher launcher;

    public Inspector(ProcessLauncher launcher) {
        this.launcher = launcher;
    }

    /**
     * How many rows each table has.
     *
     * @param exact whether nobody writes to the database meanwhile
     */
    public TableRows rows(Inspection inspection, boolean exact, Cancellation cancellation) {
        return new TableRows(exact, count("count the rows", inspection, inspection.rows(), cancellation));
    }

    /** How many rows of each foreign key point nowhere: 0 for those that hold. */
    public SortedMap<String, Long> danglingRows(Inspection inspection, Cancellation cancellation) {
        return count("check the foreign keys", inspection, inspection.foreignKeys(), cancellation);
    }

    /** Tells of each blob, one by one, however many there are; nothing if the app has none. */
    public void blobs(Inspection inspection, Consumer<Blob> blob, Cancellation cancellation) {
        String operation = "list the blobs";
        run(
                operation,
                inspection,
                inspection.blobs(),
                line -> blob.accept(parsed(operation, inspection, line)),
                cancellation);
    }

    private SortedMap<String, Long> count(
            String operation, Inspection inspection, List<Command> commands, Cancellation cancellation) {
        CountLines lines = new CountLines();
        run(operation, inspection, commands, lines, cancellation);
        Optional<String> flaw = lines.flaw();
        if (flaw.isPresent()) {
            throw failed(operation, inspection, "the answer cannot be understood: " + flaw.get());
        }
        return lines.counts();
    }

    private void run(
            String operation,
            Inspection inspection,
            List<Command> commands,
            Consumer<String> line,
            Cancellation cancellation) {
        ProgramLines programs = new ProgramLines(launcher);
        for (Command command : commands) {
            Optional<String> flaw = programs.run(command, LONGEST, line, cancellation);
            if (flaw.isPresent()) {
                throw failed(operation, inspection, flaw.get());
            }
        }
    }

    private static Blob parsed(String operation, Inspection inspection, String line) {
        Matcher parts = BLOB.matcher(line);
        if (!parts.matches()) {
            String beginning = line.substring(0, Math.min(80, line.length()));
            throw failed(operation, inspection, "the answer cannot be understood: \"" + beginning + "\"");
        }
        return new Blob(
                text(parts.group(2)),
                Long.parseLong(parts.group(1)),
                Optional.of(parts.group(3)).filter(hex -> !hex.equals("-")).map(Inspector::text),
                Optional.of(parts.group(4)).filter(hex -> !hex.equals("-")).map(Inspector::text),
                !"0".equals(parts.group(5)));
    }

    private static String text(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
    }

    private static RestoreException failed(String operation, Inspection inspection, String reason) {
        return new RestoreException(new Fault(operation, inspection.location(), reason, HINT));
    }
}
