package dev.kamalbackup.settings;

import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.error.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** A working folder with configuration files and an environment of its own. */
final class ConfigLab {
    /** The least that is valid, but for what a test is about. */
    static final String MINIMAL = """
            app: shop
            databases:
              - name: app
                adapter: sqlite
                path: /data/app.sqlite3
            restic:
              repository: /backups
              password: {secret: RESTIC_SECRET}
            """;

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();

    ConfigLab(Path folder) {
        this.folder = folder;
        environment.put("RESTIC_SECRET", "correct horse");
    }

    /** One with the least that is valid in its main file, and more lines. */
    static ConfigLab minimal(Path folder, String... more) {
        return new ConfigLab(folder).main(MINIMAL + String.join("\n", more) + "\n");
    }

    /** One configured by the environment alone. */
    static ConfigLab environmentOnly(Path folder) {
        return new ConfigLab(folder)
                .set("APP_NAME", "shop")
                .set("SQLITE_DATABASE_PATH", "/data/app.sqlite3")
                .set("RESTIC_REPOSITORY", "/backups")
                .set("RESTIC_PASSWORD", "correct horse");
    }

    Path folder() {
        return folder;
    }

    ConfigLab main(String yaml) {
        return write(ConfigFiles.MAIN, yaml);
    }

    ConfigLab local(String yaml) {
        return write(ConfigFiles.LOCAL, yaml);
    }

    ConfigLab write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException notWritten) {
            throw new UncheckedIOException(notWritten);
        }
    }

    ConfigLab set(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    ConfigLab unset(String variable) {
        environment.remove(variable);
        return this;
    }

    ReadSettings readAll() {
        return SettingsReader.read(folder, environment, FakeAdapter.all());
    }

    Settings read() {
        return readAll().settings();
    }

    Settings readForState() {
        return SettingsReader.readForState(folder, environment, FakeAdapter.all())
                .settings();
    }

    List<String> warnings() {
        return readAll().warnings().stream().map(Problem::toString).toList();
    }

    /** What is wrong; fails if nothing is. */
    List<String> problems() {
        return Assertions.catchThrowableOfType(ConfigurationException.class, this::readAll).problems().stream()
                .map(Problem::toString)
                .toList();
    }
}
