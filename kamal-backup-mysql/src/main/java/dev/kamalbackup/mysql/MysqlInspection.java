package dev.kamalbackup.mysql;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.Inspection;
import dev.kamalbackup.spi.AdapterContext;
import java.util.List;

/** Plans a look at what is in one database. */
record MysqlInspection(DatabaseSettings settings) {
    Inspection plan(AdapterContext context) {
        MysqlConnection connection = MysqlConnection.of(settings, context.environment());
        MysqlTask task =
                new MysqlTask("look into database " + settings.name(), connection.location(), RestoreException::new);
        if (connection.database().isEmpty()) {
            throw task.failed("no database is named", "give url or database, or set MYSQL_DATABASE");
        }
        ServerProbe probe = new ServerProbe(context, connection, task);
        MysqlServer server = probe.server(new MysqlPrograms(context, task).clients());
        CountSql sql = new CountSql(server, connection, connection.environment(context.childEnvironment()));
        MysqlDump dump = new MysqlDump(settings);
        List<String> columns = probe.ask(server, CountSql.BLOB_COLUMNS);
        return new Inspection(
                connection.location(),
                sql.rows(dump.withRows(probe.ask(server, MysqlDump.TABLES))),
                sql.dangling(ForeignKey.of(probe.ask(server, CountSql.FOREIGN_KEYS))),
                columns.isEmpty()
                        ? List.of()
                        : sql.commands(List.of(CountSql.blobs(columns.contains("service_name")))));
    }
}
