package dev.kamalbackup.plan;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many rows each table of a database has.
 *
 * @param exact whether they were counted in the very view of the database that the dump was made of; otherwise rows that
 *     came or went meanwhile may make a difference
 * @param tables the number of rows by table, as in {@code public.users}
 */
public record TableRows(boolean exact, SortedMap<String, Long> tables) {
    public TableRows {
        tables = Collections.unmodifiableSortedMap(new TreeMap<>(tables));
    }

    /** Counts by table. */
    public static TableRows of(boolean exact, Map<String, Long> tables) {
        return new TableRows(exact, new TreeMap<>(tables));
    }
}
