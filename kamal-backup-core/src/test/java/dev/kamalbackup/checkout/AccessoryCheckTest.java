package dev.kamalbackup.checkout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.spi.Adapters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessoryCheckTest {
    private static final String CONFIG = """
            app: shop
            databases: [{name: app, adapter: nothing, url: {secret: DATABASE_URL}}]
            paths: [/data/storage]
            restic: {repository: /backups, password: {secret: RESTIC_PASSWORD}}
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void config() throws IOException {
        Files.createDirectory(folder.resolve("config"));
        write("kamal-backup.yml", CONFIG);
    }

    @Test
    void secretsComeFromTheAccessoryAndNotFromTheLaptop() throws IOException {
        write("deploy.yml", deploy("[DATABASE_URL]"));

        assertThatThrownBy(this::warnings)
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        found -> assertThat(found.lines())
                                .anyMatch(line -> line.contains("RESTIC_PASSWORD is not set"))
                                .noneMatch(line -> line.contains("DATABASE_URL")));
    }

    @Test
    void theLocalFileIsNotTheAccessorys() throws IOException {
        write("deploy.yml", deploy("[DATABASE_URL, RESTIC_PASSWORD]"));
        write("kamal-backup.local.yml", "nonsense: true\n");

        assertThatThrownBy(this::warnings)
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        found -> assertThat(found.lines())
                                .singleElement()
                                .asString()
                                .contains("unknown adapter"));
    }

    @Test
    void anAccessoryThatIsNotThereIsTold() throws IOException {
        write("deploy.yml", "service: shop\n");

        assertThatThrownBy(this::warnings)
                .hasMessageContaining("there is no backup accessory; kamal-backup init prints the block");
        write("deploy.yml", "<% if x %>\nservice: shop\n<% end %>\n");
        assertThatThrownBy(this::warnings).hasMessageContaining("only Ruby can tell");
    }

    @Test
    void anAccessoryOfAnotherNameIsNotTakenForTheOneThatIsNamed() throws IOException {
        write("kamal-backup.yml", CONFIG + "accessory: bakup\n");
        write("deploy.yml", "accessories: {backup: {image: example/kamal-backup}, redis: {image: redis}}\n");

        assertThatThrownBy(this::warnings)
                .hasMessageContaining("there is no accessory bakup")
                .hasMessageContaining("there are backup, redis");
    }

    @Test
    void anAccessoryThatIsConfiguredByVariablesAloneHasNothingOfTheLocalFile() throws IOException {
        Files.delete(folder.resolve("config/kamal-backup.yml"));
        write("kamal-backup.local.yml", "nonsense: true\n");
        write("deploy.yml", deploy("[DATABASE_URL, RESTIC_PASSWORD]"));

        assertThatThrownBy(this::warnings)
                .isInstanceOfSatisfying(
                        ConfigurationException.class,
                        found -> assertThat(found.lines())
                                .anyMatch(line -> line.contains("app: is missing"))
                                .noneMatch(line -> line.contains("nonsense")));
    }

    @Test
    void whatIsNotMountedIsWarnedOf() throws IOException {
        write("kamal-backup.yml", CONFIG.replace("nothing", "none"));
        write("deploy.yml", """
                accessories:
                  backup: {image: x, env: {secret: [DATABASE_URL, RESTIC_PASSWORD]}, volumes: ["s:/data/other"]}
                """);

        assertThat(new AccessoryCheck(folder, Map.of(), new AnyDatabase()).warnings())
                .extracting(Problem::toString)
                .containsExactly(
                        "config/deploy.yml: accessories.backup.volumes: nothing is mounted at /data/storage, which is to"
                                + " be backed up",
                        "config/deploy.yml: accessories.backup.volumes: nothing is mounted at /var/lib/kamal-backup, so"
                                + " records and restic's cache are lost with the container",
                        "config/deploy.yml: accessories.backup.files: should hold"
                                + " config/kamal-backup.yml:/app/config/kamal-backup.yml, which the accessory reads");
        write("deploy.yml", deploy("[DATABASE_URL, RESTIC_PASSWORD]"));
        assertThat(new AccessoryCheck(folder, Map.of(), new AnyDatabase()).warnings())
                .isEmpty();
    }

    private List<Problem> warnings() {
        return new AccessoryCheck(folder, Map.of("RESTIC_PASSWORD", "of the laptop"), Adapters.of(List.of()))
                .warnings();
    }

    private static String deploy(String secrets) {
        return """
                accessories:
                  backup:
                    image: x
                    env: {secret: SECRETS}
                    files: ["config/kamal-backup.yml:/app/config/kamal-backup.yml:ro"]
                    directories: ["data:/data"]
                    volumes: ["state:/var/lib/kamal-backup"]
                """.replace("SECRETS", secrets);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve("config").resolve(name), text);
    }
}
