package dev.kamalbackup.postgres;

/**
 * Whether the server has room for the locks of a restore: one transaction holds one for everything it drops and for
 * every relation it makes, and a server is told at its start how many it can keep. As much is taken to come as goes.
 */
final class LockRoom {
    /** Everything that would be dropped. */
    private static final String DROPPED = """
            (SELECT count(DISTINCT (classid, objid)) FROM pg_depend WHERE objid >= 16384)
                  + (SELECT count(*) FROM pg_largeobject_metadata)""";

    /** What is locked of what comes (measured): relations, row types, and what a foreign key points to. */
    private static final String MADE = """
            (SELECT count(*) + count(*) FILTER (WHERE relkind IN ('r', 'p', 'v', 'm', 'f')) FROM pg_class WHERE oid >= 16384)
                  + (SELECT count(*) FROM pg_constraint WHERE oid >= 16384 AND contype = 'f')""";

    /** All processes that could want a lock; each brings the same room, and it is everybody's. */
    private static final String PROCESSES = """
            (SELECT sum(setting::int) + 1 FROM pg_settings WHERE name IN ('max_connections', 'max_prepared_transactions',
                  'max_worker_processes', 'max_wal_senders', 'autovacuum_max_workers'))""";

    /**
     * Asks for what is wrong; no row if nothing is. A server holds half as much again as is set, since it has room for two
     * who hold each lock: the versions 14 to 18 fail at 1.55 times and more (measured).
     */
    static final String LACK = """
            (SELECT format('%%s objects, which takes about %%s locks to replace in one transaction, and this server has room'
                  || ' for %%s: set max_locks_per_transaction = %%s (it is %%s) and restart it', dropped, dropped + made,
                  processes * each, ceil((dropped + made) / processes::numeric), each)
                FROM (SELECT %1$s AS dropped, %2$s AS made, %3$s AS processes,
                  current_setting('max_locks_per_transaction')::int AS each) AS counted
                WHERE dropped + made > processes * each * 1.5)""".formatted(DROPPED, MADE, PROCESSES);

    private LockRoom() {}
}
