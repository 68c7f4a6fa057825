package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.settings.ReadSettings;
import dev.kamalbackup.settings.SettingsReader;
import dev.kamalbackup.spi.Adapters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What lies in {@code examples/} can be copied: the program reads it, and the accessory gets the secrets it names. */
class ExamplesTest {
    private static final Path EXAMPLES = Path.of("..", "examples");
    private static final Pattern SECRET = Pattern.compile("secret: *(\\w+)");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource("configurations")
    void theProgramReadsIt(Path configuration) throws IOException {
        Files.createDirectory(folder.resolve("config"));
        Files.copy(configuration, folder.resolve("config/kamal-backup.yml"));
        Map<String, String> environment = new HashMap<>(Map.of("PATH", "/usr/bin:/bin"));
        secrets(configuration)
                .forEach(name -> environment.put(
                        name, name.endsWith("_URL") ? "postgres://shop:password@shop-db/shop" : "correct horse"));

        ReadSettings read = SettingsReader.read(folder, environment, Adapters.discover());

        assertThat(read.warnings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void whateverStartsItPassesEverySecret(Path configuration) throws IOException {
        Path accessory = configuration.resolveSibling("deploy.accessory.yml");
        if (Files.exists(accessory)) {
            assertThat(Files.readString(accessory)).contains(secrets(configuration));
        } else {
            Path parent = configuration.getParent().getParent();
            assertThat(parent.getFileName().toString()).isIn("compose", "kubernetes", "systemd");
        }
    }

    private static List<String> secrets(Path configuration) throws IOException {
        List<String> names = new ArrayList<>();
        SECRET.matcher(Files.readString(configuration)).results().forEach(match -> names.add(match.group(1)));
        return names;
    }

    static List<Path> configurations() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            List<Path> found = files.filter(file -> file.endsWith("kamal-backup.yml"))
                    .sorted()
                    .toList();
            assertThat(found).hasSizeGreaterThanOrEqualTo(11);
            return found;
        }
    }
}
