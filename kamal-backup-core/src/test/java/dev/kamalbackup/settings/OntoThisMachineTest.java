package dev.kamalbackup.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.BackupPath;
import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.ResticPassword;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.redact.Secret;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Production's repository, and this machine's databases and folders. */
class OntoThisMachineTest {
    private static final String ONE_DATABASE = """
            app: shop
            databases:
              - {name: primary, adapter: postgres, url: {secret: DATABASE_URL}}
            paths: [/data/storage]
            restic:
              repository: s3:https://host/bucket
              password: {secret: RESTIC_PASSWORD}
            state: {path: /var/lib/kamal-backup}
            """;

    @TempDir
    Path folder;

    private ConfigLab lab;
    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> accessory = new HashMap<>(Map.of(
            "DATABASE_URL", "postgres://shop:canary@db.internal/shop_production",
            "RESTIC_PASSWORD", "correct horse",
            "AWS_SECRET_ACCESS_KEY", "canary-key"));

    @BeforeEach
    void lab() {
        lab = new ConfigLab(folder)
                .main(ONE_DATABASE)
                .write("config/database.yml", "development: {adapter: postgresql, database: shop_development}\n");
    }

    @Test
    void theRepositoryIsProductionsAndNoTargetIs() {
        lab.local("paths: [storage]\n");

        Settings settings = read().settings();

        assertThat(settings.app()).isEqualTo("shop");
        assertThat(settings.restic().password()).isEqualTo(new ResticPassword.Value(new Secret("correct horse")));
        assertThat(settings.restic().credentials()).containsKey("AWS_SECRET_ACCESS_KEY");
        assertThat(settings.databases())
                .containsExactly(DatabaseSettings.of("primary", "postgres").with("database", "shop_development"));
        assertThat(settings.paths()).containsExactly(BackupPath.of(folder.resolve("storage")));
        assertThat(settings.restoreFrom()).containsExactly(Path.of("/data/storage"));
        assertThat(settings.stateFolder()).isEqualTo(folder.resolve("tmp/kamal-backup"));
    }

    /** The predecessor knew one database, which it called app. */
    @Test
    void severalDatabasesAreFoundByName() {
        lab.main(ONE_DATABASE.replace(
                        "paths:", "  - {name: queue, adapter: mysql, host: db, database: queue_production}\npaths:"))
                .write("config/database.yml", """
                        development:
                          primary: {adapter: postgresql, database: shop_development}
                          queue: {adapter: trilogy, username: root, database: queue_development}
                          other: {adapter: sqlite3, database: storage/other.sqlite3}
                        """);

        assertThat(read().settings().databases())
                .containsExactly(
                        DatabaseSettings.of("primary", "postgres").with("database", "shop_development"),
                        DatabaseSettings.of("queue", "mysql")
                                .with("user", "root")
                                .with("database", "queue_development"));

        lab.local("databases: [{name: queue, adapter: mysql, host: localhost, database: q}]\n");
        ReadSettings read = read();
        assertThat(read.settings().databases())
                .extracting(DatabaseSettings::name)
                .containsExactly("queue");
        assertThat(read.warnings())
                .anySatisfy(warning ->
                        assertThat(warning.toString()).contains("no place here for primary of production: left out"));
    }

    @Test
    void oneDatabaseHereForSeveralThereIsAMistakeThatNamesThem() {
        lab.main(ONE_DATABASE.replace("paths:", "  - {name: queue, adapter: sqlite, path: /data/queue}\npaths:"));

        assertThat(problems())
                .containsExactly("databases: production has several (primary, queue): list those to restore, by these"
                        + " names, in config/kamal-backup.local.yml");
    }

    @Test
    void filesWithoutAPlaceAreLeftOutAndToldAndUnevenOnesAreRefused() {
        assertThat(read().settings().paths()).isEmpty();
        assertThat(read().warnings())
                .anySatisfy(warning -> assertThat(warning.toString()).contains("the files of production are left out"));

        lab.local("paths: [a, b]\n");
        assertThat(problems())
                .containsExactly("paths: lists 2 here and 1 in config/kamal-backup.yml; each needs the one it is"
                        + " restored from, in the same order, or restore_from");

        lab.local("paths: [a, b]\nrestore_from: [/data/storage/a, /data/storage/b]\n");
        assertThat(read().settings().restoreFrom())
                .containsExactly(Path.of("/data/storage/a"), Path.of("/data/storage/b"));
    }

    @Test
    void anAccessoryThatIsConfiguredByVariablesAloneIsUnderstood() {
        ConfigLab variables = new ConfigLab(folder.resolve("other"))
                .local("paths: [storage]\n")
                .write("config/database.yml", "development: {adapter: sqlite3, database: dev.sqlite3}\n");
        accessory.putAll(Map.of(
                "APP_NAME", "shop",
                "DATABASE_ADAPTER", "sqlite",
                "SQLITE_DATABASE_PATH", "/data/production.sqlite3",
                "RESTIC_REPOSITORY", "/backups",
                "BACKUP_PATHS", "/data/storage",
                "KAMAL_BACKUP_CONFIG", "/app/config/kamal-backup.yml"));
        accessory.remove("DATABASE_URL");

        Settings settings = OntoThisMachine.read(variables.folder(), environment, accessory, FakeAdapter.all())
                .settings();

        assertThat(settings.databases())
                .containsExactly(DatabaseSettings.of("app", "sqlite")
                        .with("path", variables.folder().resolve("dev.sqlite3").toString()));
        assertThat(settings.restoreFrom()).as("not the local file's").containsExactly(Path.of("/data/storage"));
    }

    @Test
    void aProgramThatPrintsASecretIsFoundHereAndSeesTheAccessorysToken() {
        lab.main(ONE_DATABASE.replace(
                "{secret: RESTIC_PASSWORD}", "{command: [sh, -c, 'printf \"%s\" \"$OP_TOKEN in $HOME\"']}"));
        environment.putAll(Map.of("PATH", System.getenv("PATH"), "HOME", "/home/me"));
        accessory.putAll(Map.of("OP_TOKEN", "token", "HOME", "/root"));
        accessory.remove("RESTIC_PASSWORD");

        assertThat(read().settings().restic().password())
                .isInstanceOfSatisfying(
                        ResticPassword.Value.class,
                        value -> assertThat(value.secret().reveal()).isEqualTo("token in /home/me"));
    }

    @Test
    void theProgramIsThisMachinesAndARepositoryForTryingThingsIsNotTaken() {
        lab.main(ONE_DATABASE.replace("restic:", "restic:\n  program: /opt/restic"))
                .local("restic: {program: /home/me/restic, repository: /tmp/trying}\n");

        ReadSettings read = read();

        assertThat(read.settings().restic().program()).isEqualTo("/home/me/restic");
        assertThat(read.settings().restic().location().toString()).doesNotContain("trying");
        assertThat(read.warnings())
                .extracting(Problem::toString)
                .anyMatch(warning -> warning.contains("restic.repository: is not used for production's backups"));
    }

    @Test
    void whatThisMachinesEnvironmentNamesIsTheTarget() {
        environment.put("DATABASE_URL", "postgres://localhost/shop_review");

        assertThat(read().settings().databases())
                .containsExactly(DatabaseSettings.of("primary", "postgres")
                        .with("url", new Secret("postgres://localhost/shop_review")));
    }

    private ReadSettings read() {
        return OntoThisMachine.read(folder, environment, accessory, FakeAdapter.all());
    }

    private List<String> problems() {
        return Assertions.catchThrowableOfType(ConfigurationException.class, this::read).problems().stream()
                .map(Problem::toString)
                .toList();
    }
}
