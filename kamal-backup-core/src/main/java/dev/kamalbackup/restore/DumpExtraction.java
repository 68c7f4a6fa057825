package dev.kamalbackup.restore;

import dev.kamalbackup.catalog.RecordedRun;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.DumpHash;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.restic.DumpReading;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.restic.Snapshot;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Takes a dump out of the repository as it is, for whoever wants to look into it or load it by hand. */
public final class DumpExtraction {
    private static final int CHUNK = 64 * 1024;

    private final Restic restic;
    private final String app;

    public DumpExtraction(Restic restic, String app) {
        this.restic = restic;
        this.app = app;
    }

    /**
     * What was taken out.
     *
     * @param run the run it belongs to
     * @param snapshot the snapshot it was in
     * @param database the database's name, as it was asked for
     * @param path its path in the snapshot
     * @param bytes its length
     * @param sha256 its hash in hexadecimal: the one that the history has of it
     */
    public record Extracted(
            RecordedRun run, Snapshot snapshot, String database, String path, long bytes, String sha256) {}

    /**
     * Writes the dump of one database; what was written before a failure is worth nothing.
     *
     * @throws RestoreException if the run has no such dump, or it cannot be written
     * @throws dev.kamalbackup.error.RepositoryException if it cannot be read to its end
     */
    public Extracted write(RecordedRun run, String database, OutputStream output, Cancellation cancellation) {
        Snapshot snapshot = find(run, database);
        String adapter = snapshot.tags().value("adapter").orElse("");
        String path = new DumpLocator(restic, app)
                .find(snapshot, database, adapter, cancellation)
                .orElseThrow(() -> failure(
                        database, "snapshot " + snapshot.shortId() + " holds no dump of it", "choose another run"));
        DumpHash hash = new DumpHash();
        try (DumpReading reading = restic.contents(snapshot.id()).openDump(path, cancellation)) {
            byte[] chunk = new byte[CHUNK];
            for (int read = reading.read(chunk); read >= 0; read = reading.read(chunk)) {
                hash.accept(chunk, read);
                output.write(chunk, 0, read);
            }
            output.flush();
            return new Extracted(run, snapshot, database, path, reading.whole().bytes(), hash.hex());
        } catch (IOException failed) {
            throw new RestoreException(
                    new Fault(
                            "write the dump of database " + database,
                            "",
                            String.valueOf(failed.getMessage()),
                            "see where it goes to, and whether there is room"),
                    failed);
        }
    }

    /** Dumps of the predecessor's first era name no database; the only one of a run is the one that is meant. */
    private static Snapshot find(RecordedRun run, String database) {
        List<Snapshot> all = run.databases();
        return all.stream()
                .filter(snapshot ->
                        snapshot.tags().value("database").map(database::equals).orElse(all.size() == 1))
                .max(Comparator.comparing(Snapshot::time))
                .orElseThrow(() -> failure(
                        database,
                        "run " + run.id() + " has no dump of it",
                        "it has dumps of: "
                                + all.stream()
                                        .map(snapshot -> snapshot.tags()
                                                .value("database")
                                                .orElse("one without a name"))
                                        .collect(Collectors.joining(", "))));
    }

    private static RestoreException failure(String database, String reason, String hint) {
        return new RestoreException(new Fault("fetch the dump of database " + database, "", reason, hint));
    }
}
