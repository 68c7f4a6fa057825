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
     * @param warnings files that could not be read, with the reason
     * @param rows how many rows the tables of a database had; empty for files, and where they were not counted
     */
    record Saved(
            String label,
            String adapter,
            String snapshot,
            long bytes,
            String sha256,
            List<String> warnings,
            Optional<TableRows> rows)
            implements PartOutcome {
        /** A database whose rows nobody counted. */
        public Saved(String label, String adapter, String snapshot, long bytes, String sha256, List<String> warnings) {
            this(label, adapter, snapshot, bytes, sha256, warnings, Optional.empty());
        }

        /** A part that no adapter planned and nobody hashed: files. */
        public Saved(String label, String snapshot, long bytes, List<String> warnings) {
            this(label, "", snapshot, bytes, "", warnings);
        }

        public Saved {
            warnings = List.copyOf(warnings);
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
