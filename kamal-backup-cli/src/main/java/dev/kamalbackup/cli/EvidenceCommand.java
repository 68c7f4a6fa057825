package dev.kamalbackup.cli;

import dev.kamalbackup.evidence.Evidence;
import dev.kamalbackup.evidence.EvidencePage;
import dev.kamalbackup.report.Reports;
import dev.kamalbackup.state.HistoryProof;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows what there is to show about an app's backups. */
@Command(
        name = "evidence",
        description = "Print redacted evidence as JSON: settings, runs, checks, drills, tools.",
        footer = {
            "",
            "Exit code 1 if the repository cannot be read (what the state folder knows is",
            "printed all the same), or with --verify if the history was tampered with."
        })
final class EvidenceCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--verify",
            description = "Prove that no entry of the history was changed, removed or moved; print just that.")
    private boolean verify;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page for an auditor into this file, readable by you alone.")
    private @Nullable Path html;

    EvidenceCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Verbs verbs = session.openRepository()) {
            int exitCode = 0;
            if (html != null || !verify) {
                exitCode = show(verbs.evidence());
            }
            return verify ? Math.max(exitCode, prove(verbs.proveHistory())) : exitCode;
        }
    }

    private int show(Evidence evidence) {
        if (html != null) {
            Path file = session.surroundings().workingFolder().resolve(html);
            new EvidencePage(evidence).write(file);
            if (!session.json() && !verify) {
                session.print("the evidence is in " + file);
            }
        }
        if (!verify && (html == null || session.json())) {
            session.print(Reports.of(evidence));
        }
        if (evidence.exitCode() != 0) {
            session.say("kamal-backup: the repository could not be read; the evidence says why");
            session.say("  next: kamal-backup doctor");
        }
        return evidence.exitCode();
    }

    private int prove(HistoryProof proof) {
        if (session.json()) {
            session.print(Reports.of(proof));
        } else {
            tell(proof);
        }
        return proof.isIntact() ? 0 : 1;
    }

    private void tell(HistoryProof proof) {
        proof.breaks().forEach(found -> session.print("line " + found.line() + ": " + found.problem()));
        proof.notes().forEach(note -> session.print("note: " + note));
        String entries = Text.count(proof.lines(), "line");
        if (proof.isIntact()) {
            session.print("the history is intact: " + entries + ", none changed, removed or moved since it was written"
                    + (proof.notes().isEmpty() ? "" : ", as far as the notes above allow"));
            return;
        }
        session.print("the history is BROKEN: of " + entries + ", those above do not fit");
        session.print("What it says around them cannot be relied on. Compare it with evidence that was kept elsewhere;"
                + " if nobody edited it, look for a damaged disk or a restored copy of the state folder.");
    }
}
