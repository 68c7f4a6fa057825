package dev.kamalbackup.mysql;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.Inspection;
import dev.kamalbackup.spi.AdapterContext;

/** Plans a look at what is in one database. */
record MysqlInspection(DatabaseSettings settings) {
    private static final String ANYTHING = "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE()"
            + " UNION ALL SELECT 1 FROM information_schema.routines WHERE routine_schema = DATABASE() LIMIT 1";

    /** Whether there is no table, view or routine. */
    boolean isEmpty(AdapterContext context) {
        MysqlConnection connection = connection(context);
        MysqlTask task = task(connection);
        ServerProbe probe = new ServerProbe(context, connection, task);
        MysqlServer server = probe.server(new MysqlPrograms(context, task).clients());
        return probe.ask(server, ANYTHING).isEmpty();
    }

    Inspection plan(AdapterContext context) {
        MysqlConnection connection = connection(context);
        MysqlTask task = task(connection);
        ServerProbe probe = new ServerProbe(context, connection, task);
        MysqlServer server = probe.server(new MysqlPrograms(context, task).clients());
        CountSql sql = new CountSql(server, connection, connection.environment(context.childEnvironment()));
        MysqlDump dump = new MysqlDump(settings);
        return new Inspection(
                connection.location(),
                sql.rows(dump.withRows(probe.ask(server, MysqlDump.TABLES))),
                sql.dangling(ForeignKey.of(probe.ask(server, CountSql.FOREIGN_KEYS))),
                sql.commands(CountSql.blobs(probe.ask(server, CountSql.BLOB_COLUMNS))));
    }

    private MysqlConnection connection(AdapterContext context) {
        MysqlConnection connection = MysqlConnection.of(settings, context.environment());
        if (connection.database().isEmpty()) {
            throw task(connection).failed("no database is named", "give url or database, or set MYSQL_DATABASE");
        }
        return connection;
    }

    private MysqlTask task(MysqlConnection connection) {
        return new MysqlTask("look into database " + settings.name(), connection.location(), RestoreException::new);
    }
}
