package dev.kamalbackup.spi;

import java.util.List;
import java.util.Set;

/**
 * What an adapter says of itself.
 *
 * @param id its id, as in the tag {@code adapter:ID}
 * @param aliases other names the configuration may use for it
 * @param dumpExtension the extension of its dumps, without a dot
 * @param options the keys of {@code databases[]} it understands, besides {@code name} and {@code adapter}
 * @param tools the programs it needs
 */
public record AdapterDescription(
        String id, Set<String> aliases, String dumpExtension, List<OptionKey> options, List<Tool> tools) {
    public AdapterDescription {
        aliases = Set.copyOf(aliases);
        options = List.copyOf(options);
        tools = List.copyOf(tools);
    }

    /** Whether the configuration's word, in any case, means this adapter. */
    public boolean answersTo(String word) {
        String lower = word.toLowerCase(java.util.Locale.ROOT);
        return id.equals(lower) || aliases.contains(lower);
    }
}
