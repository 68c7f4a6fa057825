package dev.kamalbackup.plan;

import java.util.List;

/**
 * How one database is dumped: steps first, then the bytes, which count only if the proofs hold.
 *
 * @param location which database, without secrets, for people: a path, or {@code host:port/name}
 * @param prepare steps that run before the first byte, in order
 * @param source where the bytes come from
 * @param alongside checks that may run while the bytes flow, and must all pass before the dump counts
 * @param proof judges the bytes
 * @param rows how the rows are counted meanwhile
 */
public record DumpPlan(
        String location,
        List<CommandStep> prepare,
        DumpSource source,
        List<CommandStep> alongside,
        DumpProof proof,
        RowCount rows) {
    /** A dump whose rows nobody counts. */
    public DumpPlan(
            String location,
            List<CommandStep> prepare,
            DumpSource source,
            List<CommandStep> alongside,
            DumpProof proof) {
        this(location, prepare, source, alongside, proof, new RowCount.None());
    }

    public DumpPlan {
        prepare = List.copyOf(prepare);
        alongside = List.copyOf(alongside);
        boolean oneDumper = source instanceof DumpSource.Programs dumpers
                && dumpers.commands().size() == 1;
        if (rows instanceof RowCount.InView && !oneDumper) {
            throw new IllegalArgumentException("only a single dumper can be told which view to dump");
        }
    }
}
