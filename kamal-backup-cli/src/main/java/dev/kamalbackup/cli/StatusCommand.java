package dev.kamalbackup.cli;

import dev.kamalbackup.report.Reports;
import dev.kamalbackup.status.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows how the backups stand. */
@Command(
        name = "status",
        description = "Show how the backups stand; exit code 1 if one is overdue.",
        footer = {"", "For a container's health check: kamal-backup status --state-only"})
final class StatusCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--state-only", description = "Do not ask the repository.")
    private boolean stateOnly;

    StatusCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        // A health check comes every few minutes: it must not wait for whoever keeps the secrets.
        try (Verbs verbs = stateOnly ? session.openState() : session.openRepository()) {
            Status status = verbs.status(!stateOnly);
            if (session.json()) {
                session.print(Reports.of(status));
            } else {
                tell(status);
            }
            return status.ok() ? 0 : 1;
        }
    }

    private void tell(Status status) {
        Instant now = status.at();
        session.print(status.app() + ": " + verdict(status));
        line(
                "last complete",
                status.lastGood()
                        .map(run -> run.run() + ", " + Text.age(run.finishedAt(), now) + " ago")
                        .orElse("none"));
        line("schedule", status.schedule() + (status.enabled() ? "" : ", switched off by backup.enabled"));
        status.due()
                .ifPresent(due -> line(
                        "next due",
                        due.isAfter(now)
                                ? Text.time(due) + ", in " + Text.duration(Duration.between(now, due))
                                : Text.time(due) + ", now"));
        status.underWay().ifPresent(owner -> line("under way", owner));
        line(
                "last failure",
                status.lastFailure()
                        .map(failure -> failure.kind() + " " + told(failure, now))
                        .orElse("none that was not made good since"));
        line("last check", status.lastCheck().map(check -> told(check, now)).orElse("never"));
        line("last drill", status.lastDrill().map(drill -> told(drill, now)).orElse("never"));
        repository(status.repository());
    }

    private static String verdict(Status status) {
        if (status.overdue()) {
            return status.lastGood().isPresent() ? "a backup is OVERDUE" : "there is no complete backup yet";
        }
        return status.enabled() ? "ok" : "no backups are scheduled";
    }

    private static String told(Status.Event event, Instant now) {
        return event.outcome() + ", " + Text.age(event.at(), now) + " ago"
                + (event.reason().isEmpty() ? "" : ": " + event.reason());
    }

    private void repository(Status.Contents contents) {
        if (contents instanceof Status.Contents.Known known) {
            line(
                    "repository",
                    Text.count(known.runs(), "run") + " of this app, " + size(known.size()) + ", "
                            + Text.bytes(known.addedLately()) + " more in the last 30 days");
            if (known.size() instanceof Status.Size.Unknown unknown) {
                line("", unknown.reason() + "; see: kamal-backup check");
            }
        } else if (contents instanceof Status.Contents.Unknown unknown) {
            line("repository", "did not answer: " + unknown.reason());
            if (!unknown.hint().isEmpty()) {
                line("", "next: " + unknown.hint());
            }
        }
    }

    private static String size(Status.Size size) {
        return size instanceof Status.Size.Counted counted ? Text.bytes(counted.bytes()) + " in all" : "size not known";
    }

    private void line(String name, String value) {
        session.print("  " + name + " ".repeat(Math.max(1, 16 - name.length())) + value);
    }
}
