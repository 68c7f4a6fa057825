package dev.kamalbackup.settings;

/**
 * One setting, what it is, and who says so.
 *
 * @param key its place in the file, or its variable
 * @param value its value as it was written, secrets hidden; empty if it has none
 * @param source the file and line, the variable, {@code default}, or empty if nobody says anything
 * @param help what it is for
 */
public record Explanation(String key, String value, String source, String help) {}
