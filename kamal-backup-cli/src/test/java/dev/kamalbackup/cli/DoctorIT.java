package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kamalbackup.state.RunLock;
import dev.kamalbackup.state.StateFolder;
import dev.kamalbackup.testing.TestRepository;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code doctor} and {@code validate --deep} with real tools: what they see and say, and that they change nothing. */
class DoctorIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private AppFolder app;
    private String configuration;
    private String all = "";

    @BeforeEach
    void anAppThatIsAllRight() throws Exception {
        app = AppFolder.create(folder.resolve("shop"), "0.19");
        app.repository.make();
        app.shell("mkdir data; sqlite3 app.sqlite3 'PRAGMA journal_mode=WAL; CREATE TABLE t (x)'");
        configuration = EndToEndIT.configuration(app, "app.sqlite3", "data", "init_if_missing: false");
        app.configured(configuration);
    }

    @AfterEach
    void nothingSecretWasSaid() {
        assertThat(all).isNotEmpty().doesNotContain(TestRepository.PASSWORD);
    }

    @Test
    void anAppThatIsAllRightIsToldSoAndNothingIsChanged() throws Exception {
        String before = listing();

        CliLab.Answer doctor = run("doctor");
        CliLab.Answer deep = run("validate", "--deep");

        assertThat(doctor.exitCode()).as("%s", doctor).isZero();
        assertThat(doctor.out().lines())
                .anyMatch(line -> line.matches("ok +tool sqlite3 +3\\.\\S+ .*\\(/usr/bin/sqlite3\\)"))
                .anyMatch(line -> line.matches("ok +state folder +" + app.state() + " \\(made by the first backup\\)"))
                .anyMatch(line -> line.matches("ok +free space +\\d+ MiB free .*"))
                .anyMatch(line -> line.matches("ok +restic +0\\.19\\.\\d+ .*"))
                .anyMatch(line -> line.matches("ok +repository +\\S+/repository: opened, 0 runs of this app"))
                .anyMatch(line -> line.matches("ok +locks +nobody holds one"))
                .anyMatch(line -> line.matches("ok +clock +20\\S+Z"))
                .anyMatch(line -> line.matches("ok +database app +\\S+/app.sqlite3, dumped with sqlite3"))
                .anyMatch(line -> line.matches("ok +path \\S+/data +readable"))
                .allMatch(line -> line.startsWith("ok  "));
        assertThat(deep.exitCode()).as("%s", deep).isZero();
        assertThat(deep.out().lines().toList().get(deep.out().lines().toList().size() - 1))
                .isEqualTo("ok");
        assertThat(listing()).isEqualTo(before);
    }

    @Test
    void everythingThatIsWrongIsToldAtOnceWithItsFix() throws Exception {
        app.configured(configuration.replace("app.sqlite3", "gone.sqlite3").replace("/data", "/not-mounted"))
                .with("RESTIC_PASSWORD", "another-one");

        CliLab.Answer doctor = run("doctor", "--json");
        CliLab.Answer deep = run("validate", "--deep");

        JsonNode document = JSON.readTree(doctor.out());
        assertThat(document.path("kind").asText()).isEqualTo("doctor");
        assertThat(document.path("status").asText()).isEqualTo("failed");
        assertThat(document.path("findings"))
                .filteredOn(finding -> finding.path("level").asText().equals("failed"))
                .extracting(finding -> finding.path("subject").asText())
                .containsExactly("repository", "database app", "path " + app.folder + "/not-mounted");
        assertThat(document.path("findings"))
                .filteredOn(finding -> finding.path("level").asText().equals("failed"))
                .allMatch(finding -> !finding.path("fix").asText().isEmpty());
        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(deep.exitCode()).isEqualTo(1);
        assertThat(deep.out())
                .contains("FAIL  repository")
                .contains("wrong password")
                .contains("gone.sqlite3")
                .contains("fix: see that the path is right");
    }

    @Test
    void whoHoldsLocksIsTold() throws Exception {
        app.shell("mkfifo hold");
        Process holder = app.startShell("RESTIC_PASSWORD=" + TestRepository.PASSWORD + " RESTIC_REPOSITORY=repository"
                + " exec restic-bin/restic -q backup --stdin --stdin-filename x <hold");
        try (OutputStream pipe = Files.newOutputStream(app.folder.resolve("hold"))) {
            while (app.repository.locks().isEmpty()) {
                assertThat(holder.isAlive()).isTrue();
                Thread.sleep(50);
            }
            Files.createDirectories(app.state());
            try (RunLock lock =
                    RunLock.acquire(new StateFolder(app.state()), "a test", Clock.systemUTC(), warning -> {})) {
                CliLab.Answer doctor = run("doctor");

                assertThat(doctor.exitCode()).as("%s", doctor).isZero();
                assertThat(doctor.out())
                        .containsPattern(
                                "warn  locks +held by process " + holder.pid() + " of \\S+ on \\S+, renewed 0 minutes")
                        .containsPattern("warn  run lock +held by a test started at \\S+, process "
                                + ProcessHandle.current().pid());
            }
            pipe.write('x');
        }
        assertThat(holder.waitFor()).isZero();
    }

    @Test
    void aRepositoryThatIsNotThereIsFineWhereItMayBeMade() throws Exception {
        app.configured(configuration.replace("/repository", "/nothing"));
        assertThat(run("doctor").out()).containsPattern("FAIL  repository .*").contains("fix: ");

        app.configured(configuration.replace("/repository", "/nothing").replace("missing: false", "missing: true"));
        CliLab.Answer doctor = run("doctor");
        assertThat(doctor.exitCode()).isZero();
        assertThat(doctor.out()).containsPattern("warn  repository .*there is none yet");
        assertThat(app.folder.resolve("nothing")).doesNotExist();
    }

    @Test
    void mistakesInTheConfigurationAreToldByBoth() throws Exception {
        app.configured(configuration + "backup: {schedule: 1.5d}\n");

        CliLab.Answer doctor = run("doctor");
        CliLab.Answer validate = run("validate");

        assertThat(doctor.exitCode()).isEqualTo(1);
        assertThat(doctor.out()).contains("FAIL  configuration  config/kamal-backup.yml:14: backup.schedule: expects");
        assertThat(validate.exitCode()).isEqualTo(2);
        assertThat(validate.err()).contains("config/kamal-backup.yml:14: backup.schedule: expects");
    }

    @Test
    void validateTellsWhatIsMissingWithoutAskingAnybody() throws Exception {
        app.with("PATH", "/nowhere");
        assertThat(run("validate").out()).isEqualTo("ok\n");

        app.configured(configuration.replace("app.sqlite3", "gone.sqlite3").replace("/data", "/not-mounted"));
        CliLab.Answer answer = run("validate");
        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out())
                .contains("FAIL  database app", "gone.sqlite3 does not exist here", "/not-mounted")
                .doesNotContain("ok\n");
    }

    private CliLab.Answer run(String... arguments) throws Exception {
        CliLab.Answer answer = app.run(arguments);
        all += answer.out() + answer.err();
        return answer;
    }

    /** What a command's own output files are not. */
    private String listing() throws Exception {
        return app.shell(
                "find . -not -name 'out*' -not -name 'err*' -not -path . -not -path ./repository/locks -printf '%p %s %T@\\n' | sort");
    }
}
