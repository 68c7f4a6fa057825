package dev.kamalbackup.restore;

/** Asked between the plan and the first thing that is done. */
@FunctionalInterface
public interface Consent<T> {
    /** Whether this may be carried out. What it throws is thrown on, and nothing is done. */
    boolean isGivenTo(T task);

    /** For a program that has made up its mind. */
    static <T> Consent<T> given() {
        return task -> true;
    }
}
