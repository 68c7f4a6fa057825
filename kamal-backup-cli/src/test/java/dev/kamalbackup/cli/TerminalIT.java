package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real program at a real terminal, and without one. */
class TerminalIT {
    private static final String CLEAR_LINE = "\r\033[K";

    @TempDir
    private Path folder;

    private AppFolder app;

    @BeforeEach
    void anAppWithABackup() throws Exception {
        app = AppFolder.create(folder.resolve("shop"), "0.19");
        app.shell("mkdir data; sqlite3 app.sqlite3 'CREATE TABLE t (x); INSERT INTO t VALUES (zeroblob(5000000))'");
        app.configured(EndToEndIT.configuration(app, "app.sqlite3", "data", "init_if_missing: true"));
    }

    @Test
    void atATerminalThereIsAProgressLineAndAQuestionThatIsWaitedFor() throws Exception {
        CliLab.Answer backup = app.runAtTerminal("", "backup");
        assertThat(backup.exitCode()).as("%s", backup).isZero();
        assertThat(backup.out()).contains(CLEAR_LINE + "database app: ");
        app.shell("sqlite3 app.sqlite3 'DELETE FROM t'");

        CliLab.Answer refused = app.runAtTerminal("n\n", "restore", "local");
        assertThat(refused.exitCode()).as("%s", refused).isEqualTo(1);
        assertThat(refused.out())
                .contains("replaces everything in " + app.folder + "/app.sqlite3")
                .contains("Replace them? [y/N]")
                .contains("nothing was changed");
        assertThat(rows()).isEqualTo("0\n");

        CliLab.Answer confirmed = app.runAtTerminal("y\n", "restore", "local");
        assertThat(confirmed.exitCode()).as("%s", confirmed).isZero();
        assertThat(rows()).isEqualTo("1\n");
    }

    @Test
    void withoutATerminalThereAreWholeLinesAndNothingIsRestoredUnasked() throws Exception {
        CliLab.Answer backup = app.run("backup");
        assertThat(backup.err()).contains("database app: started\n").doesNotContain("\033");
        app.shell("sqlite3 app.sqlite3 'DELETE FROM t'");

        CliLab.Answer restore = app.run("restore", "local");

        assertThat(restore.exitCode()).isEqualTo(2);
        assertThat(restore.out()).isEmpty();
        assertThat(restore.err()).contains("rerun with --yes");
        assertThat(rows()).isEqualTo("0\n");
    }

    private String rows() throws Exception {
        return app.shell("sqlite3 app.sqlite3 'SELECT count(*) FROM t'");
    }
}
