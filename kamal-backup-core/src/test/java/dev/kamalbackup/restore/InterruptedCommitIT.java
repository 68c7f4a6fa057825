package dev.kamalbackup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.CancelledException;
import dev.kamalbackup.plan.LeadingLines;
import dev.kamalbackup.plan.LoadStep;
import dev.kamalbackup.plan.RestorePlan;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.spi.AdapterContext;
import dev.kamalbackup.spi.DatabaseAdapter;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.ScriptAdapter;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A signal that comes while the loader commits is told as what it is. */
class InterruptedCommitIT {
    @TempDir
    private Path folder;

    @Test
    void aLoaderThatWasEndedByWhoeverAskedToStopIsNotToBlame() throws Exception {
        TestRepository repository = TestRepository.create(folder.resolve("repository"), Tools.restic());
        Settings settings = Backups.settings(
                folder,
                repository.settings(),
                List.of(Backups.script("app", "echo rows; echo END")
                        .with("target", folder.resolve("database.txt").toString())),
                List.of());
        assertThat(Backups.backup(settings).complete()).isTrue();
        Path committing = folder.resolve("committing");
        try (KamalBackup backup = KamalBackup.builder(settings)
                .adapters(loadingBy("cat >/dev/null; touch " + committing + "; sleep 300"))
                .build()) {
            CompletableFuture<Void> signal = CompletableFuture.runAsync(() -> {
                while (!Files.exists(committing)) {
                    Thread.onSpinWait();
                }
                backup.cancel("SIGTERM received");
            });

            assertThatThrownBy(() -> backup.restore(RestoreRequest.latest().withoutSafetyBackup()))
                    .isInstanceOf(CancelledException.class)
                    .hasMessageContaining("SIGTERM received");
            signal.get(10, TimeUnit.SECONDS);
        }
        assertThat(Files.readString(folder.resolve("state/history.jsonl"))).contains("\"outcome\":\"interrupted\"");
    }

    /** An adapter whose restore is one transaction, in which this script has the part of the loader. */
    private static DatabaseAdapter loadingBy(String script) {
        DatabaseAdapter plain = new ScriptAdapter();
        return (DatabaseAdapter) Proxy.newProxyInstance(
                DatabaseAdapter.class.getClassLoader(),
                new Class<?>[] {DatabaseAdapter.class},
                (proxy, method, arguments) -> {
                    Object answer = method.invoke(plain, arguments);
                    return answer instanceof RestorePlan plan
                            ? transaction(plan, script, ((AdapterContext) arguments[2]).childEnvironment())
                            : answer;
                });
    }

    private static RestorePlan transaction(RestorePlan plan, String script, ChildEnvironment environment) {
        return new RestorePlan(
                plan.location(),
                true,
                plan.dump(),
                plan.proof(),
                plan.scan(),
                List.of(),
                List.of(new LoadStep.Chain(
                        "load the dump",
                        plan.dump(),
                        List.of(new Command("/bin/sh", List.of("-c", script), environment)),
                        LeadingLines.none(),
                        Duration.ofMinutes(1),
                        "")),
                List.of());
    }
}
