package dev.kamalbackup.cli;

import dev.kamalbackup.plan.CommandStep;
import dev.kamalbackup.plan.DumpSource;
import dev.kamalbackup.plan.Part;
import dev.kamalbackup.plan.RunPlan;
import dev.kamalbackup.report.Reports;
import java.util.List;

/** Shows what a backup would do. */
final class PlanPrinter {
    private final Session session;

    PlanPrinter(Session session) {
        this.session = session;
    }

    void print(RunPlan plan) {
        if (session.json()) {
            session.print(Reports.of(plan));
            return;
        }
        session.print("run " + plan.id() + " of " + plan.app() + ", as host " + plan.host());
        plan.parts().forEach(this::print);
        session.print("nothing was done (--dry-run)");
    }

    private void print(Part part) {
        session.print("");
        session.print(part.label());
        if (part instanceof Part.DatabasePart database) {
            session.print("  from   " + session.redact(database.dump().location()));
            database.dump().prepare().forEach(step -> print("first", step));
            if (database.dump().source() instanceof DumpSource.Programs dumpers) {
                dumpers.commands().forEach(dumper -> session.print("  dump   " + line(dumper.line())));
            }
            database.dump().alongside().forEach(step -> print("check", step));
            session.print("  as     " + database.path());
            session.print("  tags   " + String.join(", ", database.tags().values()));
        } else if (part instanceof Part.FilesPart files) {
            files.paths().forEach(path -> session.print("  from   " + path));
            files.excludes().forEach(pattern -> session.print("  but    " + pattern));
            session.print("  tags   " + String.join(", ", files.tags().values()));
        } else if (part instanceof Part.BlockedPart blocked) {
            session.print("  CANNOT " + session.redact(blocked.reason().fault().summary()));
            session.print("  next   " + session.redact(blocked.reason().hint()));
        }
    }

    private void print(String when, CommandStep step) {
        session.print("  " + when + "  " + line(step.command().line()));
    }

    private String line(List<String> command) {
        return session.redact(Text.commandLine(command));
    }
}
