package dev.kamalbackup.error;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used; carries every problem found, not only the first. */
public final class ConfigurationException extends KamalBackupException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public ConfigurationException(List<Problem> problems) {
        super(
                new Fault(
                        "use the configuration",
                        "",
                        problems.stream().map(Problem::toString).collect(Collectors.joining("; ")),
                        ""),
                null);
        this.problems = List.copyOf(problems);
    }

    /** A single problem without a place in a file. */
    public static ConfigurationException of(String key, String message) {
        return new ConfigurationException(List.of(new Problem("", key, message)));
    }

    /** Every problem, in the order in which a reader of the file meets them. */
    public List<Problem> problems() {
        return problems;
    }

    @Override
    public int exitCode() {
        return 2;
    }

    @Override
    public List<String> lines() {
        return problems.stream().map(Problem::toString).toList();
    }
}
