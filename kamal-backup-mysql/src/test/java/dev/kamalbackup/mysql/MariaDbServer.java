package dev.kamalbackup.mysql;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.testing.LocalServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real MariaDB server on loopback with password authentication. */
final class MariaDbServer implements AutoCloseable {
    /** Every printable character of ASCII. */
    static final String PASSWORD =
            " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`" + "abcdefghijklmnopqrstuvwxyz{|}~";

    final int port;
    private final Path socket;
    private final LocalServer server;

    private MariaDbServer(int port, Path socket, LocalServer server) {
        this.port = port;
        this.socket = socket;
        this.server = server;
    }

    static MariaDbServer start(Path folder) throws Exception {
        if (!Files.isExecutable(Path.of("/usr/sbin/mariadbd"))) {
            throw new AssertionError("no MariaDB server is installed; get it with: bin/setup");
        }
        Path data = LocalServer.folder(folder.resolve("mariadb"));
        LocalServer.run(List.of(
                "mariadb-install-db",
                "--no-defaults",
                "--auth-root-authentication-method=normal",
                "--skip-test-db",
                "--datadir=" + data.resolve("data")));
        int port = LocalServer.freePort();
        Path socket = data.resolve("socket");
        MariaDbServer server = new MariaDbServer(
                port,
                socket,
                LocalServer.start(
                        folder.resolve("mariadb.log"),
                        List.of(
                                "/usr/sbin/mariadbd",
                                "--no-defaults",
                                "--datadir=" + data.resolve("data"),
                                "--bind-address=127.0.0.1",
                                "--port=" + port,
                                "--socket=" + socket,
                                "--innodb-flush-log-at-trx-commit=0",
                                "--event-scheduler=OFF")));
        LocalServer.await(
                "MariaDB", () -> server.client("", "SELECT 1", "root", "").waitFor() == 0);
        String quoted = PASSWORD.replace("\\", "\\\\").replace("'", "''");
        server.sql("", "CREATE USER 'backup'@'%' IDENTIFIED BY '" + quoted + "'; GRANT ALL ON *.* TO 'backup'@'%'");
        return server;
    }

    String sql(String database, String sql) throws Exception {
        return sql(database, sql, "root", "");
    }

    String sql(String database, String sql, String user, String password) throws Exception {
        Process process = client(database, sql, user, password);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError("mariadb failed: " + output);
        }
        return output.strip();
    }

    /** Settings for a database of this server, as this user. */
    DatabaseSettings settings(String database, String user, String password) {
        return DatabaseSettings.of("app", "mysql")
                .with("host", "127.0.0.1")
                .with("port", Integer.toString(port))
                .with("user", user)
                .with("database", database)
                .with("password", new Secret(password));
    }

    /** Everything in a database that a restore must bring back, as text. */
    String content(String database) throws Exception {
        String objects = sql(
                database,
                "SELECT CONCAT(table_type, ' ', table_name) FROM information_schema.tables WHERE table_schema = DATABASE()"
                        + " UNION SELECT CONCAT(routine_type, ' ', routine_name, MD5(routine_definition))"
                        + " FROM information_schema.routines WHERE routine_schema = DATABASE()"
                        + " UNION SELECT CONCAT('trigger ', trigger_name, MD5(action_statement))"
                        + " FROM information_schema.triggers WHERE trigger_schema = DATABASE()"
                        + " UNION SELECT CONCAT('event ', event_name, status, MD5(event_definition))"
                        + " FROM information_schema.events WHERE event_schema = DATABASE() ORDER BY 1");
        StringBuilder content = new StringBuilder(objects);
        for (String object : objects.lines().toList()) {
            if (object.startsWith("BASE TABLE ")) {
                String table = "`" + object.substring("BASE TABLE ".length()).replace("`", "``") + "`";
                content.append('\n').append(sql(database, "CHECKSUM TABLE " + table));
                content.append('\n').append(sql(database, "SHOW CREATE TABLE " + table));
            }
        }
        // Checksums come with the table's full name, and copies are compared across databases.
        return content.toString().replace(database + ".", "");
    }

    private Process client(String database, String sql, String user, String password) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                "mariadb",
                "--no-defaults",
                "--default-character-set=utf8mb4",
                "--socket=" + socket,
                "--user=" + user,
                "--batch",
                "--skip-column-names",
                "--execute=" + sql,
                database);
        builder.environment().put("MYSQL_PWD", password);
        return builder.redirectErrorStream(true).start();
    }

    @Override
    public void close() throws Exception {
        server.close();
    }
}
