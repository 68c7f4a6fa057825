package dev.kamalbackup.sqlite;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another program that has the database open: a sqlite3 that is told what to do, one statement after the other. */
final class SqliteSession implements AutoCloseable {
    private static final String DONE = "--done--";

    private final Process process;
    private final BufferedReader output;

    private SqliteSession(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static SqliteSession open(Path database) throws IOException {
        Sqlite.requireInstalled();
        // Without stdbuf, sqlite3 keeps what it prints to itself while its output is a pipe.
        return new SqliteSession(
                new ProcessBuilder("stdbuf", "-oL", "sqlite3", "-batch", "-init", "/dev/null", database.toString())
                        .redirectErrorStream(true)
                        .start());
    }

    /** Runs statements, each of which needs its semicolon, and returns what they print. */
    String run(String statements) throws IOException {
        send(statements + "\n.print " + DONE + "\n");
        List<String> lines = new ArrayList<>();
        for (String line = output.readLine(); line != null && !line.equals(DONE); line = output.readLine()) {
            lines.add(line);
        }
        return String.join("\n", lines);
    }

    /** Ends it as the kernel does when memory runs out. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    private void send(String text) throws IOException {
        OutputStream input = process.getOutputStream();
        input.write(text.getBytes(StandardCharsets.UTF_8));
        input.flush();
    }
}
