package dev.kamalbackup.cli;

import dev.kamalbackup.report.Reports;
import dev.kamalbackup.upkeep.CheckResult;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks the repository. */
@Command(
        name = "check",
        description = "Check the repository with restic.",
        footer = {
            "",
            "With restic.check_read_data_subset: n/t each check reads the next part of the data,",
            "until all of it was read after t checks."
        })
final class CheckCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--read-data-subset",
            paramLabel = "PART",
            description = "Read this part of the data (1/10, 5%%, 500M) in the place of the configured one.")
    private @Nullable String subset;

    CheckCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Verbs verbs = session.openRepository()) {
            CheckResult result = verbs.check(Optional.ofNullable(subset));
            if (session.json()) {
                session.print(Reports.of(result));
            } else if (result.ok()) {
                session.print("the repository is sound: no errors were found; " + read(result) + ", in "
                        + Text.duration(java.time.Duration.between(result.startedAt(), result.finishedAt())));
            }
            result.failure().ifPresent(failure -> {
                session.say("kamal-backup: " + failure.reason());
                if (!failure.hint().isEmpty()) {
                    session.say("  next: " + failure.hint());
                }
            });
            return result.failure().map(CheckResult.Failure::exitCode).orElse(0);
        }
    }

    private static String read(CheckResult result) {
        return result.subset().isEmpty()
                ? "its structure was checked, none of the data were read"
                : "part " + result.subset() + " of the data was read";
    }
}
