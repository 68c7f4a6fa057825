package dev.kamalbackup.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.BusyException;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ExecLauncher;
import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.restic.CommitMethod;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.state.RunLock;
import dev.kamalbackup.state.StateFolder;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import dev.kamalbackup.upkeep.LockFinding.Verdict;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnlockIT {
    @TempDir
    private Path folder;

    private TestRepository repository;
    private Process holder;

    @BeforeEach
    void lock() throws Exception {
        repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        holder = repository.start("backup", "--stdin", "--stdin-filename", "dump");
        while (repository.locks().isEmpty()) {
            assertThat(holder.isAlive()).isTrue();
        }
    }

    @AfterEach
    void end() throws Exception {
        holder.destroyForcibly().waitFor();
    }

    @Test
    void theLockOfADeadProcessOfThisHostIsRemoved() throws Exception {
        holder.destroyForcibly().waitFor();

        LockFinding finding = only(unlock(ThisHost.real(), Clock.systemUTC(), false));

        assertThat(finding.verdict()).isEqualTo(Verdict.DEAD);
        assertThat(finding.lock().pid()).isEqualTo(holder.pid());
        assertThat(finding.removed()).isTrue();
        assertThat(repository.locks()).isEmpty();
    }

    @Test
    void theLockOfALivingProcessStays() throws Exception {
        LockFinding finding = only(unlock(ThisHost.real(), Clock.systemUTC(), false));

        assertThat(finding.verdict()).isEqualTo(Verdict.ALIVE);
        assertThat(finding.removed()).isFalse();
        assertThat(repository.locks()).hasSize(1);
        assertThat(holder.isAlive()).isTrue();
    }

    @Test
    void theLockOfAnotherHostStaysUntilItIsStale() throws Exception {
        ThisHost elsewhere = new ThisHost("another", pid -> Optional.empty());

        assertThat(only(unlock(elsewhere, Clock.systemUTC(), false)).verdict()).isEqualTo(Verdict.ELSEWHERE);
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(31));
        assertThat(only(unlock(elsewhere, later, false)).verdict()).isEqualTo(Verdict.STALE);
    }

    @Test
    void aStrangerWhoHasTheNumberOfADeadProcessIsNotSignalled() throws Exception {
        ThisHost reused = new ThisHost(ThisHost.real().name(), pid -> Optional.of("/usr/sbin/postgres"));

        LockFinding finding = only(unlock(reused, Clock.systemUTC(), false));

        assertThat(finding.verdict()).isEqualTo(Verdict.REUSED);
        assertThat(finding.removed()).isFalse();
        assertThat(repository.locks()).hasSize(1);
    }

    @Test
    void everythingGoesOnlyWhenAskedFor() throws Exception {
        assertThat(only(unlock(ThisHost.real(), Clock.systemUTC(), true)).removed())
                .isTrue();
        assertThat(repository.locks()).isEmpty();
    }

    @Test
    void nothingIsTouchedWhileARunOfOursIsUnderWay() throws Exception {
        StateFolder state = new StateFolder(folder.resolve("state"));
        state.prepare();
        try (RunLock lock = RunLock.acquire(state, "backup", Clock.systemUTC(), warning -> {})) {
            assertThatThrownBy(() -> unlock(ThisHost.real(), Clock.systemUTC(), true))
                    .isInstanceOf(BusyException.class)
                    .hasMessageContaining("backup started at ");
        }
        assertThat(repository.locks()).hasSize(1);
    }

    private List<LockFinding> unlock(ThisHost host, Clock clock, boolean everything) {
        StateFolder state = new StateFolder(folder.resolve("state"));
        Restic restic = new Restic(
                repository.settings(),
                System.getenv(),
                state.cache(),
                ExecLauncher.detect(Redactor.none(), System.getenv()),
                CommitMethod.strongest());
        return new UnlockOperation(restic, state, host, BackupListener.silent(), clock)
                .unlock(everything, new Cancellation());
    }

    private static LockFinding only(List<LockFinding> findings) {
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }
}
