package dev.kamalbackup.error;

import java.util.Objects;

/**
 * What failed, told in four parts so that a tired reader can act on it.
 *
 * @param operation what was being done, as an infinitive: "back up database app"
 * @param subject on what: a path, a program, a repository; never a secret
 * @param reason why it failed, the culprit's own words where there are some
 * @param hint what to do next; empty when there is nothing useful to say
 */
public record Fault(String operation, String subject, String reason, String hint) {
    public Fault {
        Objects.requireNonNull(operation, "operation");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(hint, "hint");
    }

    /** The fault on one line, without the hint. */
    public String summary() {
        return "cannot " + operation + (subject.isEmpty() ? "" : " (" + subject + ")") + ": " + reason;
    }

    /** The fault and, where there is one, its hint. */
    public String full() {
        return hint.isEmpty() ? summary() : summary() + "\n  next: " + hint;
    }
}
