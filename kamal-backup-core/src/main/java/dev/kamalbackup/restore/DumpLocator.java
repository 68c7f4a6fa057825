package dev.kamalbackup.restore;

import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.restic.Node;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.restic.Snapshot;
import dev.kamalbackup.tag.DumpPath;
import java.util.Optional;

/**
 * Finds the file in a snapshot that is the dump of a database, in the layout of any era.
 *
 * @param restic where to look
 * @param app the app's name
 */
record DumpLocator(Restic restic, String app) {
    /** A snapshot of one stream names it as its path; otherwise what is in it is looked through. */
    Optional<String> find(Snapshot snapshot, String database, String adapter, Cancellation cancellation) {
        return snapshot.paths().stream()
                .filter(path -> DumpPath.matches(path, app, database, adapter))
                .findFirst()
                .or(() -> restic.contents(snapshot.id()).list(cancellation).stream()
                        .filter(node -> node.type().equals("file"))
                        .map(Node::path)
                        .filter(path -> DumpPath.matches(path, app, database, adapter))
                        .findFirst());
    }
}
