package dev.kamalbackup.spi;

/**
 * A key of {@code databases[]} in the configuration that an adapter understands.
 *
 * @param name the key
 * @param secret whether its value may hold a password
 * @param help one sentence for the reference page
 */
public record OptionKey(String name, boolean secret, String help) {}
