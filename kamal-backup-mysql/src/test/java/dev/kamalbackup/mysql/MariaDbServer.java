package dev.kamalbackup.mysql;

import dev.kamalbackup.testing.LocalServer;
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
        LocalServer.await("MariaDB", () -> server.client("", "SELECT 1").waitFor() == 0);
        String quoted = PASSWORD.replace("\\", "\\\\").replace("'", "''");
        server.sql("", "CREATE USER 'backup'@'%' IDENTIFIED BY '" + quoted + "'; GRANT ALL ON *.* TO 'backup'@'%'");
        return server;
    }

    String sql(String database, String sql) throws Exception {
        Process process = client(database, sql);
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError("mariadb failed: " + output);
        }
        return output.strip();
    }

    private Process client(String database, String sql) throws Exception {
        return new ProcessBuilder(
                        "mariadb",
                        "--no-defaults",
                        "--socket=" + socket,
                        "--user=root",
                        "--batch",
                        "--skip-column-names",
                        "--execute=" + sql,
                        database)
                .redirectErrorStream(true)
                .start();
    }

    @Override
    public void close() throws Exception {
        server.close();
    }
}
