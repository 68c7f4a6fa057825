package dev.kamalbackup.testing;

import dev.kamalbackup.config.ResticSettings;
import dev.kamalbackup.redact.Secret;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** A real repository written by the Ruby version, one for each era of its tags. */
public enum RubyRepository {
    /** Dumps with flat names, tied to their files by {@code run:}, without {@code database:}. */
    ERA_1("era1-flat-run-tag"),
    /** The same with {@code database:}. */
    ERA_2("era2-named-flat"),
    /** Dumps in folders, with {@code database:} and without {@code run:}. */
    ERA_3("era3-nested");

    private static final String PASSWORD = "fixture-password";

    private final String folder;

    RubyRepository(String folder) {
        this.folder = folder;
    }

    /** Unpacks it into this folder. */
    public Path unpack(Path into) throws Exception {
        Process tar = new ProcessBuilder("tar", "-x", "-C", into.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (InputStream archive = Objects.requireNonNull(
                RubyRepository.class.getResourceAsStream("/ruby-repositories/" + folder + ".tar"))) {
            archive.transferTo(tar.getOutputStream());
        }
        tar.getOutputStream().close();
        if (tar.waitFor() != 0) {
            throw new AssertionError("tar ended with " + tar.exitValue());
        }
        return into.resolve(folder);
    }

    /** Settings for it, unpacked into this folder. */
    public ResticSettings settings(Path into) throws Exception {
        Path repository = Files.isDirectory(into.resolve(folder)) ? into.resolve(folder) : unpack(into);
        return ResticSettings.of(repository.toString(), new Secret(PASSWORD))
                .withProgram(Tools.restic().toString());
    }
}
