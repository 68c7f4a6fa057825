package dev.kamalbackup.redact;

import java.util.Objects;

/** A value that must never be seen: it prints as {@code [REDACTED]} wherever it is printed by accident. */
public final class Secret {
    private final String value;

    public Secret(String value) {
        this.value = Objects.requireNonNull(value, "value");
    }

    /** The value itself, for the environment of the one program that needs it. */
    public String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return Redactor.MARK;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.value.equals(value);
    }

    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }
}
