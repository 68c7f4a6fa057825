package dev.kamalbackup.postgres;

import dev.kamalbackup.testing.LocalServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A real PostgreSQL server on loopback with password authentication. */
final class PostgresServer implements AutoCloseable {
    /** Every printable character of ASCII. */
    static final String PASSWORD =
            " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`" + "abcdefghijklmnopqrstuvwxyz{|}~";

    final int port;
    private final Path bin;
    private final LocalServer server;

    private PostgresServer(int port, Path bin, LocalServer server) {
        this.port = port;
        this.bin = bin;
        this.server = server;
    }

    static PostgresServer start(Path folder) throws Exception {
        Path bin = binaries();
        Path data = LocalServer.folder(folder.resolve("postgres"));
        Path passwordFile = Files.writeString(data.resolveSibling("password"), PASSWORD + "\n");
        passwordFile.toFile().setReadable(true, false);
        LocalServer.run(List.of(
                bin.resolve("initdb").toString(),
                "-D",
                data.resolve("data").toString(),
                "-U",
                "postgres",
                "-A",
                "scram-sha-256",
                "--pwfile=" + passwordFile,
                "-N",
                "--locale=C.UTF-8",
                "-E",
                "UTF8"));
        int port = LocalServer.freePort();
        PostgresServer server = new PostgresServer(
                port,
                bin,
                LocalServer.start(
                        folder.resolve("postgres.log"),
                        List.of(
                                bin.resolve("postgres").toString(),
                                "-D",
                                data.resolve("data").toString(),
                                "-p",
                                Integer.toString(port),
                                "-c",
                                "listen_addresses=127.0.0.1",
                                "-c",
                                "unix_socket_directories=",
                                "-c",
                                "fsync=off")));
        LocalServer.await(
                "PostgreSQL", () -> server.psql("postgres", "SELECT 1").waitFor() == 0);
        return server;
    }

    /** Runs SQL and returns what it answers, rows as lines. */
    String sql(String database, String sql) throws Exception {
        Process process = psql(database, sql);
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError("psql failed: " + output);
        }
        return output.strip();
    }

    private Process psql(String database, String sql) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                        bin.resolve("psql").toString(),
                        "-X",
                        "-q",
                        "-A",
                        "-t",
                        "-v",
                        "ON_ERROR_STOP=1",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-U",
                        "postgres",
                        "-d",
                        database,
                        "-c",
                        sql)
                .redirectErrorStream(true);
        builder.environment().put("PGPASSWORD", PASSWORD);
        return builder.start();
    }

    @Override
    public void close() throws Exception {
        server.close();
    }

    private static Path binaries() throws Exception {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin ->
                            Files.isExecutable(bin.resolve("postgres")) && Files.isExecutable(bin.resolve("psql")))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no PostgreSQL server is installed; get it with: bin/setup"));
        }
    }
}
