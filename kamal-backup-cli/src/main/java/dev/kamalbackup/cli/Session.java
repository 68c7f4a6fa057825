package dev.kamalbackup.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.settings.ReadSettings;
import dev.kamalbackup.settings.SettingsReader;
import dev.kamalbackup.spi.Adapters;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** One call of the program: where its words go, and how its commands get at the library. */
final class Session {
    private final Surroundings surroundings;
    private final Signals signals;
    private final boolean json;
    private final Consumer<Redactor> redactor;

    Session(Surroundings surroundings, Signals signals, boolean json, Consumer<Redactor> redactor) {
        this.surroundings = surroundings;
        this.signals = signals;
        this.json = json;
        this.redactor = redactor;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /** Whether standard output is to hold one JSON document and nothing else. */
    boolean json() {
        return json;
    }

    /** Reads the configuration and opens the library; the caller closes it. */
    KamalBackup open() {
        ReadSettings read =
                SettingsReader.read(surroundings.workingFolder(), surroundings.environment(), Adapters.discover());
        Redactor known = Redactor.knowing(read.settings().secrets(), surroundings.environment());
        redactor.accept(known);
        read.warnings().forEach(warning -> say("warning: " + known.redact(warning.toString())));
        KamalBackup backup = KamalBackup.builder(read.settings())
                .environment(surroundings.environment())
                .clock(surroundings.clock())
                .listener(new Progress(surroundings, known, surroundings.terminal() && !json))
                .build();
        signals.working(backup);
        return backup;
    }

    /** A result. */
    void print(String line) {
        surroundings.out().println(line);
    }

    /** A result as JSON. */
    void print(JsonNode document) {
        surroundings.out().println(document.toPrettyString());
    }

    /** Anything that is not a result. */
    void say(String line) {
        surroundings.err().println(line);
    }

    /** Asks a person. */
    String ask(String question) {
        surroundings.err().print(question);
        surroundings.err().flush();
        try {
            String answer =
                    new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8)).readLine();
            return answer == null ? "" : answer.strip();
        } catch (IOException closed) {
            throw new UncheckedIOException("the answer could not be read", closed);
        }
    }
}
