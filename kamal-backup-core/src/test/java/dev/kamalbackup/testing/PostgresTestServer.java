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
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL server on loopback with password authentication. */
public final class PostgresTestServer implements AutoCloseable {
    /** Every printable character of ASCII. */
    public static final String PASSWORD =
            " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`" + "abcdefghijklmnopqrstuvwxyz{|}~";

    /** What most apps had when this was written. */
    private static final int USUAL = 17;

    public final int port;
    private final Path bin;
    private final Path data;
    private @Nullable LocalServer process;

    private PostgresTestServer(int port, Path bin, Path data) {
        this.port = port;
        this.bin = bin;
        this.data = data;
    }

    public static PostgresTestServer start(Path folder) throws Exception {
        return start(folder, USUAL);
    }

    /** A server of this major version: 14 to 18. */
    public static PostgresTestServer start(Path folder, int major) throws Exception {
        Path bin = Tools.programs("postgresql-servers/" + major + "/bin");
        Path data = LocalServer.folder(folder.resolve("postgres")).resolve("data");
        Path passwordFile = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        passwordFile.toFile().setReadable(true, false);
        LocalServer.run(List.of(
                bin.resolve("initdb").toString(),
                "--pgdata=" + data,
                "--username=postgres",
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile,
                "--no-sync",
                "--locale=C.UTF-8",
                "--encoding=UTF8"));
        PostgresTestServer server = new PostgresTestServer(LocalServer.freePort(), bin, data);
        server.launch();
        return server;
    }

    private void launch() throws Exception {
        process = LocalServer.start(
                data.resolveSibling("log"),
                List.of(
                        bin.resolve("postgres").toString(),
                        "-D",
                        data.toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=",
                        "-c",
                        "fsync=off"));
        try {
            LocalServer.await("PostgreSQL", () -> finished(psql("postgres", "SELECT 1")));
        } catch (Exception | AssertionError notStarted) {
            close();
            throw notStarted;
        }
    }

    /** Starts it again after a crash. */
    public void restart() throws Exception {
        close();
        launch();
    }

    /** A new database with this content; its name is returned. */
    public String create(String database, String content) throws Exception {
        sql("postgres", "CREATE DATABASE " + database);
        sql(database, content);
        return database;
    }

    /** How the superuser reaches this database. */
    public DatabaseSettings settings(String database) {
        return settings(database, "postgres", PASSWORD);
    }

    public DatabaseSettings settings(String database, String user, String password) {
        return DatabaseSettings.of("app", "postgres")
                .with("url", new Secret("postgres://" + user + "@127.0.0.1:" + port + "/" + database))
                .with("password", new Secret(password));
    }

    /** Runs SQL and returns what it answers, rows as lines. */
    public String sql(String database, String sql) throws Exception {
        Process process = psql(database, sql);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError("psql failed: " + output);
        }
        return output.strip();
    }

    /** A session of its own that runs this one statement; end it when done. */
    public Process running(String database, String statement) throws Exception {
        return psql(database, statement);
    }

    /** A session of its own that says this and then waits; end it when done. */
    public Process session(String database, String sql) throws Exception {
        return psql(database, sql + "; SELECT pg_sleep(600)");
    }

    /** Everything in a database as pg_dump writes it, but for what differs with every call. */
    public String content(String database) throws Exception {
        return dump("--no-owner", "--dbname=" + database)
                .lines()
                .filter(line -> !line.matches("\\\\(un)?restrict .*|-- Dumped from database version .*"))
                .collect(Collectors.joining("\n"));
    }

    /** What pg_dump writes. */
    public String dump(String... options) throws Exception {
        Process process = client("pg_dump", options);
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError("pg_dump failed: " + text);
        }
        return text;
    }

    /** Breaks off every connection, as a crash does. */
    public void crash() {
        try {
            LocalServer.run(List.of(bin.resolve("pg_ctl").toString(), "stop", "--mode=immediate", "--pgdata=" + data));
        } catch (Exception failed) {
            throw new AssertionError("the server could not be stopped", failed);
        }
    }

    @Override
    public void close() throws Exception {
        if (process != null) {
            process.close();
        }
    }

    private Process psql(String database, String sql) throws IOException {
        return client(
                "psql",
                "--no-psqlrc",
                "--quiet",
                "--no-align",
                "--tuples-only",
                "--set=ON_ERROR_STOP=1",
                "--dbname=" + database,
                "--command=" + sql);
    }

    private Process client(String program, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(
                List.of(client(program).toString(), "--host=127.0.0.1", "--port=" + port, "--username=postgres"));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", PASSWORD);
        return builder.start();
    }

    private static boolean finished(Process process) throws Exception {
        process.getInputStream().readAllBytes();
        return process.waitFor() == 0;
    }

    /** SQL that makes nearly every kind of object. */
    public static String objects() throws IOException {
        try (InputStream sql = PostgresTestServer.class.getResourceAsStream("postgres-objects.sql")) {
            return new String(sql.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Clients of the newest version, which can talk to all servers. */
    public static Path client(String program) {
        return Tools.programs("postgresql-clients/18/bin").resolve(program);
    }

    /** Where the adapter finds clients of several versions. */
    public static Map<String, String> clients() {
        return Map.of(
                "PATH",
                System.getenv("PATH"),
                "KAMAL_BACKUP_POSTGRES_CLIENT_ROOT",
                Tools.programs("postgresql-clients").toString());
    }
}
