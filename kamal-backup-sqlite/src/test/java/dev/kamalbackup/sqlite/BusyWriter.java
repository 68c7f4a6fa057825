package dev.kamalbackup.sqlite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** An app that never stops writing: every transaction changes both tables of {@link Sqlite#large} by the same sum. */
final class BusyWriter implements AutoCloseable {
    private static final String TRANSACTION = "BEGIN IMMEDIATE;"
            + " UPDATE a SET v = v + 1, pad = randomblob(2000) WHERE id IN (1, 12000, 24999);"
            + " UPDATE b SET v = v + 1 WHERE id IN (7, 9000, 25000);"
            + " UPDATE commits SET n = n + 1; COMMIT;";

    private final SqliteSession session;
    private final Thread thread;
    private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
    private volatile boolean stopped;
    private volatile String complaint = "";

    private BusyWriter(SqliteSession session) {
        this.session = session;
        this.thread = new Thread(this::write, "busy writer");
        thread.setDaemon(true);
    }

    static BusyWriter on(Path database) throws IOException {
        SqliteSession session = SqliteSession.open(database);
        session.run(".timeout 20000\nPRAGMA synchronous=OFF;");
        BusyWriter writer = new BusyWriter(session);
        writer.thread.start();
        return writer;
    }

    /** Ends it and says what went wrong for it; empty if nothing did. */
    String stop() throws InterruptedException {
        stopped = true;
        thread.join();
        session.close();
        IOException failed = failure.get();
        return failed == null ? complaint : failed.toString();
    }

    private void write() {
        try {
            while (!stopped && complaint.isEmpty()) {
                complaint = session.run(TRANSACTION);
            }
        } catch (IOException broken) {
            failure.set(broken);
        }
    }

    @Override
    public void close() throws InterruptedException {
        stopped = true;
        session.close();
        thread.join();
    }
}
