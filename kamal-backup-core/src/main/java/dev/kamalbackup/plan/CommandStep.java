package dev.kamalbackup.plan;

import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import java.time.Duration;
import java.util.Optional;

/**
 * A program that is run to its end as one step of a plan, and what it must answer.
 *
 * @param name what it does, as an infinitive: "copy the database"
 * @param command the program; its standard output must be small
 * @param expectedOutput what its standard output must be, blanks at the edges aside; empty text when it does not matter
 * @param timeout how long it may take
 * @param hint what a person should do when it fails; may be empty
 */
public record CommandStep(String name, Command command, String expectedOutput, Duration timeout, String hint) {
    /** A step that only has to exit with 0. */
    public static CommandStep of(String name, Command command, Duration timeout, String hint) {
        return new CommandStep(name, command, "", timeout, hint);
    }

    /** What is wrong with this outcome; empty if it is as expected. */
    public Optional<String> flaw(int exitCode, String stdout, String stderr) {
        String said = (stderr.isBlank() ? stdout : stderr).strip();
        if (exitCode != 0) {
            return Optional.of(command.name() + " " + CommandOutput.ending(exitCode)
                    + (said.isEmpty() ? " and no message" : ": " + said));
        }
        if (!expectedOutput.isEmpty() && !stdout.strip().equals(expectedOutput)) {
            return Optional.of(
                    command.name() + " answered \"" + stdout.strip() + "\" instead of \"" + expectedOutput + "\"");
        }
        return Optional.empty();
    }
}
