package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kamalbackup.cli.CliLab.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In an app's checkout, before any accessory runs: from nothing to a configuration that is valid there. */
class CheckoutTest {
    private static final String DEPLOY = """
            service: shop
            servers: [203.0.113.7]
            volumes: ["shop_storage:/rails/storage"]
            """;

    @TempDir
    private Path folder;

    private CliLab lab;

    @BeforeEach
    void checkout() throws IOException {
        Files.createDirectory(folder.resolve("config"));
        write("deploy.yml", DEPLOY);
        lab = new CliLab(folder);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "production: {adapter: sqlite3, database: storage/production.sqlite3}",
                "production: {adapter: postgresql, host: db, database: shop, username: shop, password: <%= ENV['PW'] %>}",
                "production: {url: <%= ENV['DATABASE_URL'] %>, adapter: mysql2}",
                "production: {primary: {adapter: trilogy, host: db, database: a}, queue: {adapter: sqlite3, database:"
                        + " storage/q.sqlite3}}",
                "production: {adapter: postgresql, url: <%= Rails.application.credentials.url %>}",
                "development: {adapter: sqlite3}",
            })
    void whatInitWritesAndItsBlockAreValidWithoutWarnings(String production) throws IOException {
        write("database.yml", production + "\n");

        Answer init = lab.run("init");
        assertThat(init.exitCode()).as("%s", init).isZero();
        assertThat(init.err()).startsWith("Created: config/kamal-backup.yml\n");
        assertThat(lab.run("validate").err()).contains("there is no backup accessory");
        Files.writeString(folder.resolve("config/deploy.yml"), init.out(), StandardOpenOption.APPEND);
        Answer validate = lab.run("validate");

        assertThat(validate.exitCode()).as("%s", validate).isZero();
        assertThat(validate.out()).isEqualTo("ok\n");
        assertThat(validate.err()).isEmpty();
    }

    @Test
    void whatIsThereIsNeverOverwritten() throws IOException {
        write("kamal-backup.yml", "app: mine\n");

        Answer init = lab.run("init", "--json");

        assertThat(Files.readString(folder.resolve("config/kamal-backup.yml"))).isEqualTo("app: mine\n");
        JsonNode document = new ObjectMapper().readTree(init.out());
        assertThat(document.path("kind").asText()).isEqualTo("init");
        assertThat(document.path("created").asBoolean()).isFalse();
        assertThat(document.path("accessory").asText()).contains("accessories:\n  backup:\n");
    }

    @Test
    void mistakesAreToldWithTheirLinesAndWarningsAreKeptApart() throws IOException {
        lab.run("init");
        write("deploy.yml", DEPLOY + "accessories: {backup: {image: x, env: {secret: [RESTIC_PASSWORD]}}}\n");
        write("database.yml", "");

        Answer mistakes = lab.run("validate");
        assertThat(mistakes.exitCode()).isEqualTo(2);
        assertThat(mistakes.err())
                .contains("config/kamal-backup.yml:")
                .contains("databases[1].url.secret: the environment variable DATABASE_URL is not set");

        write(
                "deploy.yml",
                DEPLOY + "accessories: {backup: {image: x, env: {secret: [RESTIC_PASSWORD, DATABASE_URL]}}}\n");
        Answer warnings = lab.run("validate", "--json");
        assertThat(warnings.exitCode()).isZero();
        JsonNode document = new ObjectMapper().readTree(warnings.out());
        assertThat(document.path("kind").asText()).isEqualTo("validation");
        assertThat(document.path("warnings")).hasSize(3);
        assertThat(warnings.err())
                .contains("warning: config/deploy.yml: accessories.backup.volumes: nothing is mounted at");
    }

    @Test
    void everySettingIsExplained() throws IOException {
        write("kamal-backup.yml", "app: shop\nbackup: {schedule: 6h}\nrestic: {password: swordfish}\n");

        Answer explain = lab.with("RESTIC_KEEP_LAST", "30").run("validate", "--explain");

        assertThat(explain.exitCode()).isZero();
        assertThat(explain.out())
                .contains("backup.schedule: 6h  [config/kamal-backup.yml:2]\n    When a run is due.\n")
                .contains("restic.retention.keep_last: 30  [environment, as RESTIC_KEEP_LAST]")
                .contains("restic.password: [REDACTED]  [config/kamal-backup.yml:3]")
                .contains("accessory: backup  [default]")
                .contains("restic.repository: (not set)\n")
                .doesNotContain("swordfish");
        assertThat(new ObjectMapper()
                        .readTree(lab.run("validate", "--explain", "--json").out())
                        .path("settings")
                        .get(0)
                        .path("value")
                        .asText())
                .isEqualTo("shop");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve("config").resolve(name), text);
    }
}
