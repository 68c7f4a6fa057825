package dev.kamalbackup.cli;

import static dev.kamalbackup.cli.CannedVerbs.RUN_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.cli.CliLab.Answer;
import dev.kamalbackup.error.BusyException;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.restic.RepositoryLock;
import dev.kamalbackup.run.BackupRequest;
import dev.kamalbackup.status.Status;
import dev.kamalbackup.upkeep.CheckResult;
import dev.kamalbackup.upkeep.LockFinding;
import dev.kamalbackup.upkeep.LockFinding.Verdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UpkeepCommandsTest {
    private final CannedVerbs verbs = new CannedVerbs();
    private final CliLab lab = new CliLab(Path.of("/nowhere")).library(verbs);

    @Test
    void aSoundRepositoryIsToldWithWhatWasRead() {
        Answer answer = lab.run("check", "--read-data-subset", "2/10");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out())
                .isEqualTo("the repository is sound: no errors were found; part 2/10 of the data was read, in 7 s\n");
        assertThat(verbs.asked).containsExactly("check 2/10", "close");
    }

    @Test
    void aDamagedRepositoryIsToldWithTheExitCodeAndWhatToDo() {
        verbs.check = new CheckResult(
                RUN_TIME,
                RUN_TIME,
                "",
                "",
                Optional.of(
                        new CheckResult.Failure("check the repository (/r): pack 1a2b is damaged", "restore it", 1)));

        Answer answer = lab.run("check");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err())
                .isEqualTo("kamal-backup: check the repository (/r): pack 1a2b is damaged\n  next: restore it\n");
        assertThat(lab.run("check", "--json").out()).contains("\"status\" : \"failed\"", "pack 1a2b");
    }

    @Test
    void retentionTellsWhyEachRunStaysOrGoes() {
        assertThat(lab.run("prune", "--dry-run").out()).isEqualTo("""
                        keep  20261123T090000Z  last 1, daily 2026-11-23
                        drop  20261122T090000Z  incomplete, kept by no rule
                        1 run would stay, 1 would go
                        """);
        assertThat(lab.run("prune").out())
                .isEqualTo("drop  20261122T090000Z  incomplete, kept by no rule\n1 run removed, 1 kept\n");
        assertThat(lab.run("prune", "--json").out()).contains("prune_result", "\"reasons\" : [ \"last 1\"");
        assertThat(verbs.asked).containsExactly("plan prune", "close", "prune", "close", "prune", "close");
    }

    @Test
    void locksAreToldWithTheirHoldersAndWhyTheyStay() {
        verbs.locks = List.of(
                new LockFinding(lock("web-1", 17), Verdict.DEAD, true),
                new LockFinding(lock("laptop", 18), Verdict.ELSEWHERE, false));

        Answer answer = lab.run("unlock");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("removed: held by process 17 of app on web-1, renewed ")
                                .endsWith("its process is no more on this host"),
                        line -> assertThat(line)
                                .startsWith("left: held by process 18 of app on laptop, renewed ")
                                .contains("made on another host"));
        assertThat(answer.err()).contains("kamal-backup unlock --all");
        assertThat(lab.run("unlock", "--json").out())
                .contains("\"verdict\" : \"elsewhere\"", "\"removed\" : false", "\"pid\" : 18");
    }

    @Test
    void withoutALockThereIsNothingToDo() {
        Answer answer = lab.run("unlock", "--all");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).isEqualTo("the repository is not locked\n");
        assertThat(verbs.asked).containsExactly("unlock all", "close");
    }

    @Test
    void oneScreenTellsHowTheBackupsStand() {
        Answer answer = lab.run("status");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).isEqualTo("""
                        shop: ok
                          last complete   20261123T090000Z, 59 min ago
                          schedule        every 6h
                          next due        2026-11-23T15:00:00Z, in 5 h
                          last failure    none that was not made good since
                          last check      ok, 25 h ago
                          last drill      never
                          repository      34 runs of this app, 1.0 GiB in all, 5.0 MiB more in the last 30 days
                        """);
    }

    @Test
    void anOverdueBackupIsAFailureForWhoeverWatches() {
        Status ok = verbs.status;
        verbs.status = new Status(
                "shop",
                ok.at(),
                true,
                "every 6h",
                Optional.empty(),
                ok.due(),
                true,
                Optional.of("backup started at 09:00, process 17"),
                Optional.of(new Status.Event("backup", RUN_TIME, "failed", "the database is gone")),
                Optional.empty(),
                Optional.empty(),
                new Status.Contents.NotAsked());

        Answer answer = lab.run("status", "--state-only");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.out())
                .startsWith("shop: there is no complete backup yet\n  last complete   none\n")
                .contains("  under way       backup started at 09:00, process 17\n")
                .contains("  last failure    backup failed, 60 min ago: the database is gone\n")
                .doesNotContain("repository");
        assertThat(verbs.asked).containsExactly("status by the state alone", "close");
        assertThat(lab.run("status", "--json").out())
                .contains("\"status\" : \"overdue\"", "\"reason\" : \"the database is gone\"");
    }

    @Test
    void aRepositoryThatDoesNotAnswerIsToldWithWhatToDo() {
        Status ok = verbs.status;
        verbs.status = new Status(
                ok.app(),
                ok.at(),
                ok.enabled(),
                ok.schedule(),
                ok.lastGood(),
                ok.due(),
                ok.overdue(),
                ok.underWay(),
                ok.lastFailure(),
                ok.lastCheck(),
                ok.lastDrill(),
                new Status.Contents.Unknown("cannot list snapshots (/r): gone", "mount it"));

        assertThat(lab.run("status").out()).endsWith("""
                          repository      did not answer: cannot list snapshots (/r): gone
                                          next: mount it
                        """);
        assertThat(lab.run("status", "--json").out()).contains("\"error\" : \"cannot list", "\"hint\" : \"mount it\"");
    }

    @Test
    void theSchedulerRunsUntilItIsStopped() {
        Answer answer = lab.run("schedule");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).contains(": schedule started\n").contains("schedule: done, stopped\n");
        assertThat(verbs.asked).containsExactly("schedule", "close");
    }

    @Test
    void aSmallerDumpIsAcceptedWhenAskedFor() {
        lab.run("backup", "--accept-shrink");

        assertThat(verbs.asked).containsExactly(BackupRequest.now().acceptingShrink(), "close");
    }

    @Test
    void whoeverComesSecondIsToldWhoIsFirst() {
        verbs.failure = new BusyException(new Fault(
                "start a run",
                "/state",
                "another one is under way (backup started at 09:00)",
                "wait until it has ended"));

        Answer answer = lab.run("check");

        assertThat(answer.exitCode()).isEqualTo(1);
        assertThat(answer.err()).contains("another one is under way (backup started at 09:00)");
    }

    private static RepositoryLock lock(String host, long pid) {
        return new RepositoryLock("ab".repeat(32), host, "app", pid, false, RUN_TIME);
    }
}
