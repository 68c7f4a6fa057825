package dev.kamalbackup.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kamalbackup.state.StateFolder;
import dev.kamalbackup.testing.TestRepository;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What must hold after every fault, once its cause is gone: for what was saved, and for the next run without help. */
final class Aftermath {
    private final Victim victim;

    Aftermath(Victim victim) {
        this.victim = victim;
    }

    void holds() throws Exception {
        nothingRunsOn();
        theWholeRunsAreWhole(victim.wholeRuns);
        victim.run(victim.next).well();
        nothingRunsOn();
        theWholeRunsAreWhole(victim.keepsOne ? 1 : victim.wholeRuns + (victim.next[0].equals("backup") ? 1 : 0));
        if (victim.next[0].equals("restore")) {
            victim.theLiveDataAreRestored();
        }
        assertThat(victim.repository.locks()).as("locks").isEmpty();
        nothingIsLeftBehind();
        itIsRecorded();
        noSecretIsShown();
    }

    private void nothingRunsOn() throws Exception {
        assertThat(new Strays(victim.folder).after(Duration.ofSeconds(20)))
                .as("orphans")
                .isEmpty();
    }

    /** Runs that are told to be whole, and only those there should be, have a database that can be read. */
    private void theWholeRunsAreWhole(int expected) throws Exception {
        JsonNode runs = new ObjectMapper()
                .readTree(victim.run("list", "--json").well().out())
                .path("runs");
        int whole = 0;
        for (JsonNode run : runs) {
            if (run.path("whole").asBoolean() && run.path("safety_of").isNull()) {
                whole++;
                assertThat(run.path("files").isObject()).as("%s", run).isTrue();
                if (victim.looksInside) {
                    theDatabaseIsWhole(
                            run.path("databases").get(0).path("snapshot").asText());
                }
            }
        }
        assertThat(whole).as("whole runs in %s", runs).isEqualTo(expected);
    }

    private void theDatabaseIsWhole(String snapshot) throws Exception {
        Path copy = victim.mark("copy.sqlite3");
        Files.write(
                copy,
                victim.repository.runForBytes("dump", "--no-lock", snapshot, "/databases/shop/app/sqlite.sqlite3"));
        assertThat(victim.app
                        .shell("sqlite3 '" + copy + "' 'PRAGMA integrity_check; SELECT count(*) FROM t'")
                        .strip())
                .as("the database of snapshot %s", snapshot)
                .isEqualTo("ok\n" + Victim.ROWS);
    }

    private void nothingIsLeftBehind() throws Exception {
        Path state = victim.app.state();
        assertThat(state.resolve("run.json")).as("journal").doesNotExist();
        try (Stream<Path> left = Files.walk(state)) {
            assertThat(left.filter(path -> !path.startsWith(state.resolve("restic-cache")))
                            .filter(Files::isRegularFile)
                            .filter(path -> path.startsWith(state.resolve("scratch"))
                                    || path.toString().endsWith(".tmp"))
                            .filter(path -> path.toFile().length() > 0))
                    .as("temporary files")
                    .isEmpty();
        }
    }

    private void itIsRecorded() throws Exception {
        StateFolder state = new StateFolder(victim.app.state());
        assertThat(state.history().prove().breaks()).as("breaks of the history").isEmpty();
        List<String> entries = state.history().entries().stream()
                .map(entry -> entry.path("kind").asText() + " "
                        + entry.path("outcome").asText())
                .toList();
        if (!victim.recordKind.isEmpty()) {
            assertThat(entries).as("history").contains(victim.recordKind + " " + victim.recordOutcome);
        }
    }

    private void noSecretIsShown() throws Exception {
        for (Running each : victim.said) {
            assertThat(each.text()).doesNotContain(TestRepository.PASSWORD);
        }
        try (Stream<Path> files = Files.walk(victim.app.state())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as("%s", file)
                        .doesNotContain(TestRepository.PASSWORD);
            }
        }
    }
}
