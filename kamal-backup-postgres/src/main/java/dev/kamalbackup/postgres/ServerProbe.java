package dev.kamalbackup.postgres;

import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.spi.AdapterContext;
import java.time.Duration;
import java.util.List;

/** Asks a server for its version, since the programs to use depend on it. */
record ServerProbe(AdapterContext context, ChildEnvironment environment, PostgresTask task) {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    /** The server's major version. */
    int major(String psql) {
        Command show = new Command(
                psql,
                List.of(
                        "--no-psqlrc",
                        "--no-password",
                        "--tuples-only",
                        "--no-align",
                        "--command",
                        "SHOW server_version_num"),
                environment);
        CommandOutput answer = context.query(show, LONGEST);
        String said = answer.stderr().isBlank() ? answer.stdout().strip() : answer.stderr();
        if (!answer.succeeded()) {
            throw task.failed("the server cannot be reached: " + said, PostgresHints.onConnection(said));
        }
        String version = answer.stdout().strip();
        if (!version.matches("\\d{5,7}")) {
            throw task.failed(
                    "the server was asked for its version and answered \"" + version + "\"",
                    "see that this is a PostgreSQL server");
        }
        return Integer.parseInt(version) / 10_000;
    }
}
