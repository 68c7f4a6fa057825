package dev.kamalbackup.rails;

import java.util.Optional;

/** The variables that the app's files refer to. */
@FunctionalInterface
public interface Variables {
    /** The value of {@code ENV["NAME"]}; empty if it is not set. */
    Optional<String> value(String name);
}
