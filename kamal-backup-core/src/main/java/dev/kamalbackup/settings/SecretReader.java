package dev.kamalbackup.settings;

import dev.kamalbackup.redact.UrlSecrets;
import dev.kamalbackup.settings.ConfigNode.Child;
import dev.kamalbackup.settings.ConfigNode.Items;
import dev.kamalbackup.settings.ConfigNode.Scalar;
import dev.kamalbackup.settings.ConfigNode.Section;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads values that may stand elsewhere: {@code {secret: ENV}}, {@code {file: PATH}}, {@code {command: [..]}}. */
final class SecretReader {
    static final String SECRET = "secret";
    static final String FILE = "file";
    static final String COMMAND = "command";

    static final List<String> FORMS = List.of(SECRET, FILE, COMMAND);
    private static final int LARGEST = 64 * 1024;

    private final Values values;
    private final PathResolver resolver;
    private final SecretCommand command;
    private final Problems problems;

    SecretReader(Values values, PathResolver resolver, SecretCommand command, Problems problems) {
        this.values = values;
        this.resolver = resolver;
        this.command = command;
        this.problems = problems;
    }

    /** The value, wherever it stands. One that is secret and stands in a file as it is brings a warning. */
    Optional<String> read(Entry entry, boolean secret) {
        return read(entry, value -> showsPassword(value, secret));
    }

    /** The same of an address that is a secret as a whole, for whoever knows it may use it. */
    Optional<String> readSecretAddress(Entry entry) {
        return read(entry, value -> true);
    }

    private Optional<String> read(Entry entry, Predicate<String> shows) {
        if (entry.node() instanceof Section section) {
            return form(entry, section)
                    .flatMap(form ->
                            follow(form, form.label().substring(entry.label().length() + 1)));
        }
        Optional<String> text = values.scalar(entry);
        text.filter(value -> entry.place().isOurFile() && shows.test(value))
                .ifPresent(value -> problems.warn(
                        entry.place(),
                        entry.label(),
                        "a secret in plain text; put it into the environment and write {secret: NAME} here"));
        return text;
    }

    /** The one form that is used, as in {@code restic.password.file}; a problem if there is not exactly one. */
    private Optional<Entry> form(Entry entry, Section section) {
        Optional<Entry> form = Optional.empty();
        for (Map.Entry<String, Child> child : section.children().entrySet()) {
            String kind = child.getKey();
            if (FORMS.contains(kind)) {
                form = Optional.of(
                        new Entry(entry.label() + "." + kind, child.getValue().node()));
            } else {
                problems.add(
                        child.getValue().keyPlace(),
                        entry.label() + "." + problems.name(kind),
                        NearestName.unknownKey(kind, FORMS));
            }
        }
        if (section.children().size() == 1) {
            return form;
        }
        problems.add(entry.place(), entry.label(), "expects exactly one of secret, file and command");
        return Optional.empty();
    }

    private Optional<String> follow(Entry form, String kind) {
        if (form.isBlank()) {
            problems.add(form.place(), form.label(), "must not be empty");
            return Optional.empty();
        }
        if (values.isForElsewhere() && !kind.equals(SECRET)) {
            return Optional.empty();
        }
        return switch (kind) {
            case SECRET -> values.scalar(form).flatMap(name -> variable(form, name));
            case FILE ->
                values.scalar(form)
                        .flatMap(text -> resolver.resolve(form.place(), form.label(), text))
                        .flatMap(path -> file(form, path));
            default -> commandLine(form).flatMap(line -> output(form, line));
        };
    }

    private Optional<String> variable(Entry form, String name) {
        // What is no name may be the secret itself, typed in the wrong place; so it is not shown.
        if (!name.matches("[A-Za-z_][A-Za-z0-9_]{0,127}")) {
            problems.add(form.place(), form.label(), "expects the name of an environment variable");
            return Optional.empty();
        }
        Optional<String> value = values.variable(name);
        if (value.isEmpty() && !values.isElsewhere(name)) {
            problems.add(form.place(), form.label(), "the environment variable " + name + " is not set");
        }
        return value;
    }

    private Optional<String> file(Entry form, Path path) {
        String flaw;
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .strip();
            if (bytes.length <= LARGEST && !text.isEmpty()) {
                return Optional.of(text);
            }
            flaw = text.isEmpty() ? "is empty" : "is too large for a secret";
        } catch (CharacterCodingException notText) {
            flaw = "is not UTF-8 text";
        } catch (IOException unreadable) {
            flaw = Files.isDirectory(path)
                    ? "is a folder"
                    : Files.exists(path) ? "cannot be read; check its owner and mode" : "does not exist";
        }
        problems.add(form.place(), form.label(), "the file " + problems.name(path.toString()) + " " + flaw);
        return Optional.empty();
    }

    private Optional<List<String>> commandLine(Entry form) {
        List<String> line = new ArrayList<>();
        if (form.node() instanceof Items items) {
            for (ConfigNode node : items.nodes()) {
                if (node instanceof Scalar scalar) {
                    line.add(scalar.text());
                }
            }
            if (line.size() == items.nodes().size()
                    && !line.isEmpty()
                    && !line.get(0).isBlank()) {
                return Optional.of(line);
            }
        }
        problems.add(
                form.place(), form.label(), "expects a list of the program and its arguments, as in [op, read, NAME]");
        return Optional.empty();
    }

    private Optional<String> output(Entry form, List<String> line) {
        return command.run(line, why -> problems.add(form.place(), form.label(), why));
    }

    /** A URL may be seen unless it carries a password; any other secret value may not. */
    private static boolean showsPassword(String value, boolean secret) {
        return value.contains("://") ? !UrlSecrets.of(value).isEmpty() : secret;
    }
}
