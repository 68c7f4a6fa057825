package dev.kamalbackup.settings;

/** What the value of a key must look like. */
enum KeyType {
    TEXT("a text"),
    /** A text, or {@code {secret: ENV}}, {@code {file: PATH}}, {@code {command: [..]}}. */
    SECRET("a text, or one of {secret: NAME}, {file: PATH}, {command: [PROGRAM, ..]}"),
    SWITCH("true or false"),
    COUNT("a whole number from 0 to 100000"),
    DURATION("a whole number with a unit, as in 90s, 30m, 12h, 1d or 2w"),
    SCHEDULE("a whole number with a unit, as in 30m, 12h or 1d, or a cron expression, as in \"15 3 * * *\""),
    ZONE("a time zone, as in UTC or Europe/Berlin"),
    /** How restic writes the age of snapshots. */
    AGE("years, months, days and hours in this order, as in 1y6m, 30d or 12h"),
    /** How restic writes the part of the data that a check reads. */
    SUBSET("a part as in 1/10, 5% or 500M"),
    PATH("a path"),
    PATHS("a path or a list of paths"),
    DATABASES("a list of databases");

    private final String expected;

    KeyType(String expected) {
        this.expected = expected;
    }

    /** What to write, for messages. */
    String expected() {
        return expected;
    }
}
