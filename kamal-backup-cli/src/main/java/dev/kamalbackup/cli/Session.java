package dev.kamalbackup.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kamalbackup.cli.kamal.AccessoryEnvironment;
import dev.kamalbackup.cli.kamal.KamalOptions;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.report.RedactedJson;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One call of the program: where its words go, and how its commands get at the library. */
final class Session {
    private final Surroundings surroundings;
    private final Signals signals;
    private final Verbs.Opener opener;
    private final boolean json;
    private final Progress progress;
    private final List<Problem> warnings = new ArrayList<>();
    private final BufferedReader answers;
    private boolean repositoryOnly;
    private boolean stateOnly;
    private @Nullable AccessoryEnvironment production;
    private KamalOptions deployment = KamalOptions.none();
    private volatile Redactor redactor;

    Session(Surroundings surroundings, Signals signals, Verbs.Opener opener, boolean json) {
        this.surroundings = surroundings;
        this.signals = signals;
        this.opener = opener;
        this.json = json;
        this.answers = new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8));
        // Until the settings are read, what the environment tells must do.
        this.redactor = Redactor.knowing(List.of(), surroundings.environment());
        this.progress = new Progress(surroundings, this::redact, surroundings.terminal() && !json);
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /** Whether standard output is to hold one JSON document and nothing else. */
    boolean json() {
        return json;
    }

    /** Which accessory is meant. */
    KamalOptions deployment() {
        return deployment;
    }

    void mean(KamalOptions options) {
        deployment = options;
    }

    /** Shows what goes on. */
    Progress progress() {
        return progress;
    }

    /** The same for what needs the app's name and the repository alone. */
    Verbs openRepository() {
        repositoryOnly = true;
        return open();
    }

    /** The same for what needs the state folder alone. */
    Verbs openState() {
        stateOnly = true;
        return open();
    }

    /** Whether no secret is needed either. */
    boolean isForStateOnly() {
        return stateOnly;
    }

    /** Whether databases and paths that are missing, or wrong, do not matter. */
    boolean isForRepositoryOnly() {
        return repositoryOnly;
    }

    /** From now on the repository is that of this accessory, and what is restored into is this machine's. */
    void takeBackupsOf(AccessoryEnvironment other) {
        production = other;
    }

    /** The accessory whose backups are brought here; empty if this machine's own configuration counts. */
    Optional<AccessoryEnvironment> production() {
        return Optional.ofNullable(production);
    }

    /** Reads the configuration and opens the library; the caller closes it. */
    Verbs open() {
        Verbs verbs = opener.open(this);
        working(verbs::cancel);
        return verbs;
    }

    /** What a signal has to do from now on; it is given the reason. */
    void working(Consumer<String> cancel) {
        signals.working(cancel);
    }

    /** From now on the secrets this redactor knows are hidden, too. */
    void know(Redactor secrets) {
        redactor = secrets;
    }

    String redact(String text) {
        return redactor.redact(text);
    }

    /** A result. */
    void print(String line) {
        progress.endLine();
        surroundings.out().println(Text.printable(line));
    }

    /** A result as JSON. */
    void print(JsonNode document) {
        progress.endLine();
        surroundings.out().println(RedactedJson.of(document, this::redact).toPrettyString());
    }

    /** Anything that is not a result. */
    void say(String line) {
        progress.endLine();
        surroundings.err().println(Text.printable(redact(line)));
    }

    /** What works and should be changed nevertheless. */
    void warn(List<Problem> found) {
        found.forEach(warning -> say("warning: " + warning));
        warnings.addAll(found);
    }

    /** All warnings so far. */
    List<Problem> warnings() {
        return List.copyOf(warnings);
    }

    /** Asks a person. */
    String ask(String question) {
        surroundings.err().print(question);
        surroundings.err().flush();
        signals.asking();
        try {
            String answer = answers.readLine();
            return answer == null ? "" : answer.strip();
        } catch (IOException closed) {
            throw new UncheckedIOException("the answer could not be read", closed);
        } finally {
            signals.answered();
        }
    }
}
