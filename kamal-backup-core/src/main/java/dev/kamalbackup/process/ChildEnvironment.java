package dev.kamalbackup.process;

import dev.kamalbackup.redact.Secret;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The whole environment of a child process, built from nothing: a child sees what is put here and not one variable
 * more. Immutable; prints its names, never its values.
 */
public final class ChildEnvironment {
    /** What a well-behaved program needs to find its tools, its home and the right clock; nothing of it is secret. */
    private static final Set<String> BASICS = Set.of("PATH", "HOME", "TMPDIR", "TZ", "USER", "LOGNAME");

    private final Map<String, String> values;

    private ChildEnvironment(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** Only the basics ({@code PATH}, {@code HOME}, {@code TMPDIR}, time zone, user) of the given environment. */
    public static ChildEnvironment basics(Map<String, String> environment) {
        Map<String, String> kept = new TreeMap<>();
        BASICS.forEach(name -> {
            String value = environment.get(name);
            if (value != null && !value.isBlank()) {
                kept.put(name, value);
            }
        });
        // Messages of tools are matched and shown to people: one language, and file names in UTF-8.
        kept.put("LC_ALL", "C.UTF-8");
        return new ChildEnvironment(kept);
    }

    /** Whether every child sees this variable; each machine has its own. */
    public static boolean isBasic(String name) {
        return BASICS.contains(name);
    }

    /** This environment with one more variable. */
    public ChildEnvironment with(String name, String value) {
        Map<String, String> more = new TreeMap<>(values);
        more.put(name, value);
        return new ChildEnvironment(more);
    }

    /** This environment with one more variable that holds a secret. */
    public ChildEnvironment with(String name, Secret value) {
        return with(name, value.reveal());
    }

    /** The names of all variables. */
    public Set<String> names() {
        return values.keySet();
    }

    /** Name and value of all variables, for starting the child. */
    Map<String, String> reveal() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ChildEnvironment that && that.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.keySet().hashCode();
    }

    @Override
    public String toString() {
        return "ChildEnvironment" + new java.util.TreeSet<>(values.keySet());
    }
}
