package dev.kamalbackup.cli;

import dev.kamalbackup.diagnosis.Finding;
import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.report.Reports;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** Looks at everything a backup needs. */
@Command(
        name = "doctor",
        description = "Look at tools, clock, folders, repository, locks and databases; change nothing.",
        footer = {"", "Exit code 1 if a backup or a restore would fail; each such line says how to mend it."})
final class DoctorCommand implements Callable<Integer> {
    private final Session session;

    DoctorCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<Finding> findings = findings();
        if (session.json()) {
            session.print(Reports.doctor(findings));
        } else {
            new Findings(session).print(findings);
        }
        return Findings.exitCode(findings);
    }

    /** Without a configuration there is nothing else to look at. */
    private List<Finding> findings() {
        try (Verbs verbs = session.open()) {
            return verbs.diagnose();
        } catch (ConfigurationException wrong) {
            return wrong.problems().stream().map(Finding::failed).toList();
        }
    }
}
