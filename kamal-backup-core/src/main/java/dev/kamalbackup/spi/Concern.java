package dev.kamalbackup.spi;

/**
 * Something about a database that works today and will hurt one day.
 *
 * @param text what it is
 * @param fix what to do about it
 */
public record Concern(String text, String fix) {}
