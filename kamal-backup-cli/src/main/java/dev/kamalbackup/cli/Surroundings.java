package dev.kamalbackup.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * Everything a command takes from outside, so that a test can give it something else.
 *
 * @param in answers to questions
 * @param out results, and nothing else
 * @param err progress, questions, warnings, errors
 * @param environment the environment
 * @param workingFolder where {@code config/kamal-backup.yml} is looked for
 * @param clock what ages are counted from
 * @param terminal whether a person sits there: decides on progress lines and on asking
 */
record Surroundings(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Path workingFolder,
        Clock clock,
        boolean terminal) {
    /** The same with other streams, at which no person sits. */
    Surroundings speakingThrough(PrintStream otherOut, PrintStream otherErr) {
        return new Surroundings(in, otherOut, otherErr, environment, workingFolder, clock, false);
    }
}
