package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.cli.ConfigurationSnippets.Snippet;
import dev.kamalbackup.settings.ReadSettings;
import dev.kamalbackup.settings.SettingsReader;
import dev.kamalbackup.spi.Adapters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the README and the docs show can be copied. */
class ConfigurationDocsTest {
    private static final Pattern SECRET = Pattern.compile("secret: *(\\w+)");

    @TempDir
    Path folder;

    @ParameterizedTest
    @MethodSource("dev.kamalbackup.cli.ConfigurationSnippets#whole")
    void everyConfigurationInTheDocsIsValid(Snippet snippet) throws IOException {
        Files.createDirectory(folder.resolve("config"));
        // Files and programs of another machine.
        String here = snippet.completed()
                .replace(
                        "/run/secrets/queue-password",
                        Files.writeString(folder.resolve("secret"), "x").toString())
                .replace("[op, read,", "[echo,");
        Files.writeString(folder.resolve("config/kamal-backup.yml"), here);
        Map<String, String> environment =
                new HashMap<>(Map.of("RESTIC_PASSWORD", "correct horse", "PATH", "/usr/bin:/bin"));
        Matcher secret = SECRET.matcher(snippet.yaml());
        while (secret.find()) {
            environment.put(secret.group(1), value(secret.group(1), snippet.yaml()));
        }

        ReadSettings read = SettingsReader.read(folder, environment, Adapters.discover());

        assertThat(read.warnings()).isEmpty();
    }

    private static String value(String name, String yaml) {
        if (name.startsWith("PING")) {
            return "https://monitor.example.com/ping/1";
        }
        boolean mysql = !yaml.contains("adapter: postgres");
        return name.endsWith("_URL") ? (mysql ? "mysql2" : "postgres") + "://user:password@host/app" : "correct horse";
    }
}
