package dev.kamalbackup.drill;

/**
 * How the command ended that was given as the last check.
 *
 * @param command the command, redacted
 * @param passed whether it ended with 0
 * @param output the beginning and the end of what it said, redacted
 */
public record CheckOutcome(String command, boolean passed, String output) {}
