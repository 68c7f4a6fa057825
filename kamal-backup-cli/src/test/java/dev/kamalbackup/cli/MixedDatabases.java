package dev.kamalbackup.cli;

import dev.kamalbackup.testing.MysqlTestServer;
import dev.kamalbackup.testing.PostgresTestServer;
import dev.kamalbackup.testing.Tools;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/** An app folder's way to the clients of PostgreSQL and MariaDB, and to test servers of both. */
final class MixedDatabases {
    private MixedDatabases() {}

    static void clients(AppFolder app) throws IOException {
        for (Map.Entry<String, String> variable : PostgresTestServer.clients().entrySet()) {
            if (!variable.getKey().equals("PATH")) {
                app.with(variable.getKey(), variable.getValue());
            }
        }
        for (String program : new String[] {"mariadb", "mariadb-dump"}) {
            Path real = Tools.programs("mariadb-11.8/bin").resolve(program);
            app.program(program, "exec " + real + " \"$@\"");
        }
    }

    /** Names the databases {@code shop} and {@code shop_queue}. */
    static void urls(AppFolder app, PostgresTestServer postgres, MysqlTestServer mysql) {
        app.with("DATABASE_URL", url("postgres", "postgres", PostgresTestServer.PASSWORD, postgres.port, "shop"))
                .with("QUEUE_URL", url("mysql2", "backup", MysqlTestServer.PASSWORD, mysql.port, "shop_queue"));
    }

    private static String url(String scheme, String user, String password, int port, String database) {
        String encoded = URLEncoder.encode(password, StandardCharsets.UTF_8).replace("+", "%20");
        return scheme + "://" + user + ":" + encoded + "@127.0.0.1:" + port + "/" + database;
    }
}
