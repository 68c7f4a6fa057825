package dev.kamalbackup.mysql;

import java.time.Duration;

/** What is said to a restore's target before the dump. */
final class TargetSql {
    static final String CONNECTED = "connected";

    /** Answers {@link #CONNECTED}. */
    static final String CONNECT = "SELECT '" + CONNECTED + "'";

    /** Answers with a line if there are routines. */
    static final String ROUTINES =
            "SELECT routine_name FROM information_schema.routines WHERE routine_schema = DATABASE() LIMIT 1";

    /** For sessions that drop and create: in any order, and without waiting a day (or a year) for somebody's lock. */
    static String session(Duration lockWait) {
        return "SET SESSION foreign_key_checks = 0, SESSION lock_wait_timeout = " + Math.max(1, lockWait.toSeconds());
    }

    /**
     * Writes the statements that drop everything in the database, events first, so that none runs meanwhile, and what
     * holds rows last. Triggers go with their tables. No name can end its own quotes: backticks are doubled.
     */
    static final String DROP_STATEMENTS = """
            SELECT statement FROM (
              SELECT 1 AS step, CONCAT('DROP EVENT IF EXISTS `', REPLACE(event_name, '`', '``'), '`;') AS statement
                FROM information_schema.events WHERE event_schema = DATABASE()
              UNION ALL SELECT 2, CONCAT('DROP ', routine_type, ' IF EXISTS `', REPLACE(routine_name, '`', '``'), '`;')
                FROM information_schema.routines WHERE routine_schema = DATABASE()
              UNION ALL SELECT CASE table_type WHEN 'VIEW' THEN 3 WHEN 'SEQUENCE' THEN 5 ELSE 4 END,
                CONCAT('DROP ', CASE table_type WHEN 'VIEW' THEN 'VIEW' WHEN 'SEQUENCE' THEN 'SEQUENCE' ELSE 'TABLE' END,
                  ' IF EXISTS `', REPLACE(table_name, '`', '``'), '`;')
                FROM information_schema.tables WHERE table_schema = DATABASE()
            ) AS found ORDER BY step""";

    private TargetSql() {}
}
