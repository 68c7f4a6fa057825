package dev.kamalbackup.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.plan.DumpSource;
import dev.kamalbackup.plan.RowCount;
import dev.kamalbackup.plan.TableRows;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.ExecLauncher;
import dev.kamalbackup.redact.Redactor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counting beside a dump with real programs: what it finds, and that nothing of it ever costs the dump. */
class RowCountingIT {
    /** "users" and "o.k" in hexadecimal. */
    private static final String USERS = "7573657273";

    private static final String OK = "6f2e6b";

    /** Answers "open" with the view's name and "count" with two tables, and ends with its input. */
    private static final String SESSION = """
            while read -r statement; do case $statement in
              open) echo view-7 ;;
              count) echo '501 %s'; echo '0 %s' ;;
            esac; done""".formatted(USERS, OK);

    /** Writes the view it was given, as the last argument. */
    private static final String DUMPER = "echo \"dump of $1\"; seq 1 50000 | tail -1";

    private final ExecLauncher launcher = ExecLauncher.detect(Redactor.none(), System.getenv());
    private final Cancellation cancellation = new Cancellation();

    @TempDir
    private Path folder;

    @AfterEach
    void nothingIsLeftRunning() {
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    @Test
    void countsInTheViewThatIsDumped() throws Exception {
        Outcome outcome = run(inView(SESSION), DUMPER);

        assertThat(outcome.dump()).isEqualTo("dump of --snapshot=view-7\n50000\n");
        assertThat(outcome.counted().rows()).contains(TableRows.of(true, Map.of("users", 501L, "o.k", 0L)));
        assertThat(outcome.counted().warnings()).isEmpty();
    }

    @Test
    void theViewIsHeldUntilTheDumperHasIt() throws Exception {
        String whileOpen = "touch " + folder + "/open; trap 'rm " + folder + "/open' EXIT; " + SESSION;
        // The dumper takes its time before it looks at the view.
        Outcome outcome = run(inView(whileOpen), "sleep 1; test -e " + folder + "/open && echo seen");

        assertThat(outcome.dump()).isEqualTo("seen\n");
        assertThat(outcome.counted().rows()).isPresent();
    }

    @Test
    void countsBesideADumpByProgramsOneAfterAnother() throws Exception {
        RowCount beside = new RowCount.Beside(
                List.of(shell("echo 3 " + USERS), shell("echo 4 " + OK), shell("echo 5 " + OK)), false);

        Outcome outcome = run(beside, DUMPER);

        assertThat(outcome.dump()).startsWith("dump of \n");
        assertThat(outcome.counted().rows())
                .as("names that look alike are added up")
                .contains(TableRows.of(false, Map.of("users", 3L, "o.k", 9L)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    echo 'no view' >&2; exit 3                       | ended with exit code 3: no view
                    read x; echo; read y                             | did not say what its view is called
                    """)
    void aViewThatCannotBeOpenedCostsTheCountsOnly(String session, String reason) throws Exception {
        Outcome outcome = run(inView(session), DUMPER);

        assertThat(outcome.dump()).startsWith("dump of \n");
        assertThat(outcome.counted().rows()).isEmpty();
        assertThat(outcome.counted().warnings()).singleElement().asString().contains("rows were not counted", reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    echo '501 7573657273'; echo 'it died' >&2; exit 4 | ended with exit code 4: it died
                    kill -9 $$                                        | ended by signal 9
                    echo '501 users'                                  | "501 users" is not a number and a name
                    echo '-1 7573657273'                              | is not a number and a name
                    head -c 100000 /dev/zero                          | a line is longer than 65536 bytes
                    """)
    void aCountThatFailsCostsTheCountsOnly(String count, String reason) throws Exception {
        Outcome outcome = run(inView("read x; echo view-7; read x; " + count), DUMPER);

        assertThat(outcome.dump()).startsWith("dump of --snapshot=view-7\n");
        assertThat(outcome.counted().rows()).isEmpty();
        assertThat(outcome.counted().warnings()).singleElement().asString().contains(reason);
    }

    @Test
    void moreTablesThanAnybodyHasAreNotKept() throws Exception {
        RowCount beside = new RowCount.Beside(List.of(shell("seq -f '1 %014.0f' 1 100001")), true);

        assertThat(run(beside, DUMPER).counted().warnings())
                .singleElement()
                .asString()
                .contains("more than 100000");
    }

    @Test
    void aProgramThatIsNotThereCostsTheCountsOnly() throws Exception {
        RowCount beside = new RowCount.Beside(List.of(new Command("no-such-program", List.of(), environment())), true);

        Outcome outcome = run(beside, DUMPER);

        assertThat(outcome.dump()).isNotEmpty();
        assertThat(outcome.counted().warnings()).singleElement().asString().contains("was not found on the PATH");
    }

    @Test
    void whatTakesTooLongIsEndedAndTheDumpGoesOn() throws Exception {
        long startedAt = System.nanoTime();

        Outcome slowToOpen = run(inView("sleep 600"), DUMPER);
        Outcome slowToCount = run(inView("read x; echo view-7; read x; sleep 600"), DUMPER);
        Outcome slowBeside = run(new RowCount.Beside(List.of(shell("sleep 600")), true), DUMPER);

        assertThat(slowToOpen.dump()).startsWith("dump of \n");
        assertThat(slowToOpen.counted().warnings()).singleElement().asString().contains("not open within 1 s");
        assertThat(slowToCount.dump()).startsWith("dump of --snapshot=view-7\n");
        assertThat(slowToCount.counted().warnings()).singleElement().asString().contains("more than 1 s longer");
        assertThat(slowBeside.counted().warnings()).singleElement().asString().contains("more than 1 s longer");
        assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void aDumperThatCannotTakeTheViewIsStartedWithoutWhenTheSessionIsGone() throws Exception {
        String session = "echo $$ > " + folder + "/session; " + SESSION;
        String dumper = "if [ -n \"$1\" ]; then echo 'too many connections' >&2; exit 1; fi; kill -0 $(cat " + folder
                + "/session) 2>/dev/null && echo 'still there'; echo rows";

        Outcome outcome = run(inView(session), dumper);

        assertThat(outcome.dump()).isEqualTo("rows\n");
        assertThat(outcome.counted().rows()).isEmpty();
        assertThat(outcome.counted().warnings()).singleElement().asString().contains("too many connections");
    }

    @Test
    void aDumperThatFailsInTheMiddleIsNotStartedAgain() throws Exception {
        Outcome outcome = run(inView(SESSION), "echo part; echo \"$1\" >> " + folder + "/started; exit 1");

        assertThat(outcome.dump()).isEqualTo("part\n");
        assertThat(outcome.flaw()).contains("exit code 1");
        assertThat(folder.resolve("started")).hasContent("--snapshot=view-7\n");
    }

    @Test
    void cancellingEndsTheSession() throws Exception {
        RowCounting rows = new RowCounting(
                inView("read x; echo view-7; read x; sleep 600"), launcher, cancellation, limit(600), limit(600));
        try (rows) {
            try (DumpStream stream = rows.open(new DumpSource.Programs(dumper(DUMPER)))) {
                stream.bytes().readAllBytes();
            }
            cancellation.cancel("SIGTERM received");

            assertThat(rows.result().rows()).isEmpty();
        }
    }

    /** What became of a dump whose counting may take a second. */
    private Outcome run(RowCount how, String script) throws IOException {
        try (RowCounting rows = new RowCounting(how, launcher, cancellation, limit(1), limit(1))) {
            String dump;
            String flaw;
            try (DumpStream stream = rows.open(new DumpSource.Programs(dumper(script)))) {
                dump = new String(stream.bytes().readAllBytes(), StandardCharsets.UTF_8);
                flaw = stream.flaw().orElse("");
            }
            return new Outcome(dump, flaw, rows.result());
        }
    }

    private record Outcome(String dump, String flaw, RowCounting.Result counted) {}

    private static Duration limit(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private static RowCount inView(String session) {
        return new RowCount.InView(shell(session), "open", "--snapshot=", "count");
    }

    private static Command dumper(String script) {
        return new Command("/bin/bash", List.of("-c", script, "dumper"), environment());
    }

    private static Command shell(String script) {
        return new Command("/bin/bash", List.of("-c", script), environment());
    }

    private static ChildEnvironment environment() {
        return ChildEnvironment.basics(System.getenv());
    }
}
