package dev.kamalbackup.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;

/** The program inside the test: everything it takes from outside is given to it. */
final class CliLab {
    static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    private final Path workingFolder;
    private final Map<String, String> environment = new TreeMap<>();
    private Verbs.Opener opener = Library::open;
    private String answers = "";
    private boolean terminal;

    CliLab(Path workingFolder) {
        this.workingFolder = workingFolder;
    }

    CliLab with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    CliLab library(Verbs verbs) {
        opener = session -> verbs;
        return this;
    }

    /** A person who types this. */
    CliLab atTerminal(String typed) {
        answers = typed;
        terminal = true;
        return this;
    }

    Answer run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(answers.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                environment,
                workingFolder,
                Clock.fixed(NOW, ZoneOffset.UTC),
                terminal);
        int exitCode = new CommandLineProgram(surroundings, new Signals(), opener).run(arguments);
        return new Answer(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** What the program left behind. */
    record Answer(int exitCode, String out, String err) {}
}
