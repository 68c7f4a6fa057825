package dev.kamalbackup.checkout;

import dev.kamalbackup.settings.DatabaseTypes;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Takes every word for an adapter that has a URL and never complains. */
final class AnyDatabase implements DatabaseTypes {
    @Override
    public Optional<DatabaseType> type(String word) {
        return Optional.of(
                new DatabaseType(word, Set.of(), List.of(new Option("url", true, "The URL.")), settings -> List.of()));
    }

    @Override
    public List<DatabaseType> types() {
        return List.of();
    }

    @Override
    public String unknown(String word) {
        throw new IllegalStateException(word);
    }
}
