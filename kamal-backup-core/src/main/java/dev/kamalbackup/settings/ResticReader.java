package dev.kamalbackup.settings;

import dev.kamalbackup.config.ResticPassword;
import dev.kamalbackup.config.ResticRepositoryLocation;
import dev.kamalbackup.config.ResticSettings;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.settings.ConfigNode.Child;
import dev.kamalbackup.settings.ConfigNode.Scalar;
import dev.kamalbackup.settings.ConfigNode.Section;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads everything about restic and its repository. */
final class ResticReader {
    /** Stands in for what is missing; never seen, for then there is a problem. */
    private static final Secret NONE = new Secret("");

    private final Values values;
    private final SecretReader secrets;
    private final PathResolver resolver;
    private final Problems problems;

    ResticReader(Values values, SecretReader secrets, PathResolver resolver, Problems problems) {
        this.values = values;
        this.secrets = secrets;
        this.resolver = resolver;
        this.problems = problems;
    }

    ResticSettings read() {
        return new ResticSettings(
                program(),
                location(),
                password(),
                credentials(),
                values.flag(Keys.INIT_IF_MISSING),
                values.duration(Keys.LOCK_WAIT, Duration.ZERO),
                values.duration(Keys.OPEN_TIMEOUT, Duration.ofSeconds(1)));
    }

    /** A path, unlike a name to be found on the PATH, is meant from the working folder. */
    String program() {
        String program = values.text(Keys.RESTIC_PROGRAM);
        if (!program.contains("/")) {
            return program;
        }
        Entry entry = values.given(Keys.RESTIC_PROGRAM).orElseThrow();
        return resolver.resolve(entry.place(), entry.label(), program)
                .map(Path::toString)
                .orElse(program);
    }

    private ResticRepositoryLocation location() {
        Optional<Key> way = values.strongest(Keys.REPOSITORY, Keys.REPOSITORY_FILE);
        if (way.isEmpty()) {
            missing(Keys.REPOSITORY, "or in a file that RESTIC_REPOSITORY_FILE names");
            return new ResticRepositoryLocation.Address(NONE);
        }
        Entry entry = values.given(way.get()).orElseThrow();
        if (way.get().equals(Keys.REPOSITORY_FILE)) {
            return new ResticRepositoryLocation.InFile(path(entry));
        }
        return new ResticRepositoryLocation.Address(
                secrets.read(entry, Keys.REPOSITORY.secret()).map(Secret::new).orElse(NONE));
    }

    private ResticPassword password() {
        Optional<Key> way = values.strongest(Keys.PASSWORD, Keys.PASSWORD_FILE, Keys.PASSWORD_COMMAND);
        if (way.isEmpty()) {
            missing(Keys.PASSWORD, "or name a file with RESTIC_PASSWORD_FILE");
            return new ResticPassword.Value(NONE);
        }
        Entry entry = values.given(way.get()).orElseThrow();
        if (way.get().equals(Keys.PASSWORD_FILE)) {
            return new ResticPassword.InFile(path(entry));
        }
        if (way.get().equals(Keys.PASSWORD_COMMAND)) {
            return new ResticPassword.FromCommand(values.scalar(entry).orElse(""));
        }
        return passwordForRestic(entry)
                .orElseGet(() -> new ResticPassword.Value(secrets.read(entry, Keys.PASSWORD.secret())
                        .map(Secret::new)
                        .orElse(NONE)));
    }

    /** A file, and a command in one text, are restic's own matter; all else is looked up here. */
    private Optional<ResticPassword> passwordForRestic(Entry entry) {
        if (!(entry.node() instanceof Section section) || section.children().size() != 1) {
            return Optional.empty();
        }
        Map.Entry<String, Child> form = section.children().entrySet().iterator().next();
        Entry value =
                new Entry(entry.label() + "." + form.getKey(), form.getValue().node());
        if (value.isBlank() || !(value.node() instanceof Scalar scalar)) {
            return Optional.empty();
        }
        return switch (form.getKey()) {
            case SecretReader.FILE -> Optional.of(new ResticPassword.InFile(path(value)));
            case SecretReader.COMMAND ->
                Optional.of(new ResticPassword.FromCommand(scalar.text().strip()));
            default -> Optional.empty();
        };
    }

    private Map<String, Secret> credentials() {
        Map<String, Secret> credentials = new LinkedHashMap<>();
        for (Key key : new Key[] {Keys.REST_USERNAME, Keys.REST_PASSWORD}) {
            values.given(key)
                    .flatMap(entry -> secrets.read(entry, key.secret()))
                    .ifPresent(value -> credentials.put(key.environment(), new Secret(value)));
        }
        return credentials;
    }

    private Path path(Entry entry) {
        return values.scalar(entry)
                .flatMap(text -> resolver.resolve(entry.place(), entry.label(), text))
                .orElse(Path.of(""));
    }

    private void missing(Key key, String otherwise) {
        problems.add(
                Place.NOWHERE,
                key.path(),
                "is missing; set it in " + ConfigFiles.MAIN + " or as " + key.environment() + ", " + otherwise);
    }
}
