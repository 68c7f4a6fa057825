package dev.kamalbackup.cli;

import dev.kamalbackup.diagnosis.Finding;
import java.util.List;

/** Shows what was looked at, the bad things with what to do about them. */
final class Findings {
    private static final int FAILED = 1;

    private final Session session;

    Findings(Session session) {
        this.session = session;
    }

    void print(List<Finding> findings) {
        int width = findings.stream()
                .mapToInt(finding -> finding.subject().length())
                .max()
                .orElse(0);
        for (Finding finding : findings) {
            String subject =
                    finding.subject() + " ".repeat(width - finding.subject().length());
            session.print(session.redact(mark(finding.level()) + "  " + subject + "  " + oneLine(finding.detail())));
            if (!finding.fix().isEmpty()) {
                session.print("      " + " ".repeat(width) + "  fix: " + session.redact(oneLine(finding.fix())));
            }
        }
    }

    static int exitCode(List<Finding> findings) {
        return findings.stream().anyMatch(finding -> finding.level() == Finding.Level.FAILED) ? FAILED : 0;
    }

    private static String mark(Finding.Level level) {
        return switch (level) {
            case OK -> "ok  ";
            case WARNING -> "warn";
            case FAILED -> "FAIL";
        };
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll(":\\s*\\n\\s*", ": ").replaceAll("\\s*\\n\\s*", "; ");
    }
}
