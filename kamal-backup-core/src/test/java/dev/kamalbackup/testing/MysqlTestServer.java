package dev.kamalbackup.testing;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.redact.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A real MariaDB or MySQL server on loopback with password authentication. */
public final class MysqlTestServer implements AutoCloseable {
    /** Every printable character of ASCII. */
    public static final String PASSWORD =
            " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`" + "abcdefghijklmnopqrstuvwxyz{|}~";

    /** The servers there are, and whose clients go with each. */
    public enum Kind {
        MARIADB_10_11("mariadb-10.11", "mariadb-10.11", true),
        MARIADB_11_8("mariadb-11.8", "mariadb-11.8", true),
        MYSQL_8_0("mysql-8.0", "mysql-9", false),
        MYSQL_9("mysql-9", "mysql-9", false);

        private final String server;
        private final String clients;
        public final boolean mariaDb;

        Kind(String server, String clients, boolean mariaDb) {
            this.server = server;
            this.clients = clients;
            this.mariaDb = mariaDb;
        }

        /** Where the adapter finds the clients, before all others on this machine. */
        public Map<String, String> environment() {
            return Map.of("PATH", Tools.programs(clients + "/bin") + ":" + System.getenv("PATH"));
        }

        private String program(String mariaDbName, String mysqlName) {
            return Tools.programs(clients + "/bin")
                    .resolve(mariaDb ? mariaDbName : mysqlName)
                    .toString();
        }

        /** How the server is started, but for how it is reached. */
        private List<String> command(Path data, Path temporary) {
            Path home = Tools.programs(server);
            List<String> command = new ArrayList<>();
            command.add(
                    home.resolve("bin").resolve(mariaDb ? "mariadbd" : "mysqld").toString());
            command.addAll(List.of("--no-defaults", "--datadir=" + data, "--tmpdir=" + temporary));
            Path unpacked = home.resolve("root/usr");
            command.add("--basedir=" + (Files.isDirectory(unpacked) ? unpacked : home));
            if (Files.isDirectory(unpacked)) {
                Path texts = share();
                command.add("--lc-messages-dir=" + texts);
                command.add("--character-sets-dir=" + texts.resolve("charsets"));
                command.add("--plugin-dir=" + unpacked.resolve("lib/mysql/plugin"));
            }
            if (!mariaDb) {
                command.add("--secure-file-priv=NULL");
            }
            return command;
        }

        /** Messages and the SQL of the system tables. */
        private Path share() {
            Path share = Tools.programs(server).resolve("root/usr/share");
            return Files.isDirectory(share.resolve("mariadb")) ? share.resolve("mariadb") : share.resolve("mysql");
        }

        /** MariaDB's own script for this cannot work with programs that are not installed. */
        private void initialize(Path data, Path temporary) throws Exception {
            List<String> command = command(data, temporary);
            if (!mariaDb) {
                command.add("--initialize-insecure");
                LocalServer.run(command);
                return;
            }
            command.add("--bootstrap");
            StringBuilder sql = new StringBuilder(
                    "CREATE DATABASE IF NOT EXISTS mysql;\nUSE mysql;\nSET @auth_root_socket = NULL;\n");
            String prefix = Files.exists(share().resolve("mariadb_system_tables.sql")) ? "mariadb" : "mysql";
            for (String part : List.of("_system_tables", "_performance_tables", "_system_tables_data")) {
                sql.append(Files.readString(share().resolve(prefix + part + ".sql")));
            }
            LocalServer.run(command, sql.toString());
        }
    }

    public final Kind kind;
    public final int port;
    private final Path socket;
    private final LocalServer server;

    private MysqlTestServer(Kind kind, int port, Path socket, LocalServer server) {
        this.kind = kind;
        this.port = port;
        this.socket = socket;
        this.server = server;
    }

    public static MysqlTestServer start(Path folder) throws Exception {
        return start(folder, Kind.MARIADB_11_8);
    }

    public static MysqlTestServer start(Path folder, Kind kind) throws Exception {
        Path home = LocalServer.folder(folder.resolve("server"));
        Path data = LocalServer.folder(home.resolve("data"));
        // MariaDB removes every temporary table that it finds there when it starts, those of another server, too.
        Path temporary = LocalServer.folder(home.resolve("tmp"));
        kind.initialize(data, temporary);
        int port = LocalServer.freePort();
        Path socket = home.resolve("socket");
        List<String> command = kind.command(data, temporary);
        command.addAll(List.of(
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=" + socket,
                "--innodb-flush-log-at-trx-commit=0",
                "--event-scheduler=OFF"));
        if (!kind.mariaDb) {
            command.add("--mysqlx=0");
        }
        MysqlTestServer server =
                new MysqlTestServer(kind, port, socket, LocalServer.start(folder.resolve("server.log"), command));
        try {
            LocalServer.await(kind.server, () -> server.finished(server.client("", "SELECT 1", "root", "")));
            String quoted = PASSWORD.replace("\\", "\\\\").replace("'", "''");
            server.sql("", "CREATE USER 'backup'@'%' IDENTIFIED BY '" + quoted + "'; GRANT ALL ON *.* TO 'backup'@'%'");
            return server;
        } catch (Exception | AssertionError notStarted) {
            server.close();
            throw notStarted;
        }
    }

    /** A new database with this content; its name is returned. */
    public String create(String database, String content) throws Exception {
        sql("", "CREATE DATABASE `" + database + "` CHARACTER SET utf8mb4");
        sql(database, content);
        return database;
    }

    public String sql(String database, String sql) throws Exception {
        return sql(database, sql, "root", "");
    }

    public String sql(String database, String sql, String user, String password) throws Exception {
        return output(client(database, sql, user, password));
    }

    /** A session of its own that says this and then waits; end it when done. */
    public Process session(String database, String sql) throws Exception {
        return client(database, sql + "; DO SLEEP(600)", "root", "");
    }

    /** How the administrator reaches this database. */
    public DatabaseSettings settings(String database) {
        return settings(database, "backup", PASSWORD);
    }

    /** Settings for a database of this server, as this user. */
    public DatabaseSettings settings(String database, String user, String password) {
        return DatabaseSettings.of("app", "mysql")
                .with("host", "127.0.0.1")
                .with("port", Integer.toString(port))
                .with("user", user)
                .with("database", database)
                .with("password", new Secret(password));
    }

    /** Everything in a database as the server's own dumper writes it, in a fixed order, but for comments. */
    public String content(String database) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                kind.program("mariadb-dump", "mysqldump"),
                "--no-defaults",
                "--socket=" + socket,
                "--user=root",
                "--skip-comments",
                "--routines",
                "--triggers",
                "--events",
                "--no-tablespaces",
                "--hex-blob",
                "--skip-extended-insert",
                "--order-by-primary"));
        if (!kind.mariaDb) {
            command.addAll(List.of("--set-gtid-purged=OFF", "--column-statistics=0"));
        }
        command.add(database);
        return output(new ProcessBuilder(command).redirectErrorStream(true).start())
                .lines()
                .filter(line -> !line.contains("sandbox mode"))
                .collect(Collectors.joining("\n"));
    }

    /** SQL that makes every kind of object this server has. */
    public String objects() throws IOException {
        return text("mysql-objects.sql") + (kind.mariaDb ? text("mariadb-objects.sql") : "");
    }

    private static String text(String resource) throws IOException {
        try (InputStream sql = MysqlTestServer.class.getResourceAsStream(resource)) {
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Breaks off every connection, as a crash does. */
    public void crash() {
        try {
            server.kill();
        } catch (InterruptedException interrupted) {
            throw new AssertionError("interrupted while stopping the server", interrupted);
        }
    }

    private Process client(String database, String sql, String user, String password) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                kind.program("mariadb", "mysql"),
                "--no-defaults",
                "--default-character-set=utf8mb4",
                "--socket=" + socket,
                "--user=" + user,
                "--batch",
                "--skip-column-names",
                "--execute=" + sql));
        if (!database.isEmpty()) {
            command.add(database);
        }
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("MYSQL_PWD", password);
        return builder.redirectErrorStream(true).start();
    }

    private String output(Process process) throws Exception {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(kind.server + ": a client failed: " + output);
        }
        return output.strip();
    }

    private boolean finished(Process process) throws Exception {
        process.getInputStream().readAllBytes();
        return process.waitFor() == 0;
    }

    @Override
    public void close() throws Exception {
        server.close();
    }
}
