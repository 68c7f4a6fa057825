package dev.kamalbackup.run;

import dev.kamalbackup.plan.TableRows;
import java.util.List;
import java.util.Optional;

/** How one part of a run ended. */
public sealed interface PartOutcome {
    /** The part's name in records and messages: {@code database app} or {@code files}. */
    String label();

    /**
     * A snapshot was made.
     *
     * @param adapter the id of the adapter that planned the dump; empty for files
     * @param snapshot its full id, from restic's own summary
     * @param bytes how many bytes of content it holds
     * @param sha256 the SHA-256 of a dump in hexadecimal; empty for files
     * @param rows how many rows went into a dump, as far as they were counted
     * @param warnings what is missing though the part is saved, with the reason: files that could not be read, rows that
     *     could not be counted
     */
    record Saved(
            String label,
            String adapter,
            String snapshot,
            long bytes,
            String sha256,
            Optional<TableRows> rows,
            List<String> warnings)
            implements PartOutcome {
        /** A database whose rows nobody counted. */
        public Saved(String label, String adapter, String snapshot, long bytes, String sha256, List<String> warnings) {
            this(label, adapter, snapshot, bytes, sha256, Optional.empty(), warnings);
        }

        /** A part that no adapter planned and nobody hashed: files. */
        public Saved(String label, String snapshot, long bytes, List<String> warnings) {
            this(label, "", snapshot, bytes, "", warnings);
        }

        public Saved {
            warnings = List.copyOf(warnings);
        }

        /** The same part with what came of counting its rows. */
        Saved with(RowCounting.Result counted) {
            return new Saved(label, adapter, snapshot, bytes, sha256, counted.rows(), counted.warnings());
        }
    }

    /**
     * No snapshot was made.
     *
     * @param reason what failed, on what and why
     * @param hint what to do next; may be empty
     */
    record Failed(String label, String reason, String hint) implements PartOutcome {}

    /** Not tried, since an earlier failure made it pointless. */
    record NotTried(String label, String reason) implements PartOutcome {}
}
