package dev.kamalbackup.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.BackupPath;
import dev.kamalbackup.config.BackupSettings;
import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.DrillSettings;
import dev.kamalbackup.config.MaintenanceSettings;
import dev.kamalbackup.config.ResticPassword;
import dev.kamalbackup.config.ResticRepositoryLocation;
import dev.kamalbackup.config.RetentionSettings;
import dev.kamalbackup.config.Schedule;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.redact.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which of the files and the environment has the last word, beyond what holds for every key. */
class PrecedenceTest {
    @TempDir
    Path folder;

    @Test
    void theEnvironmentAloneIsEnough() {
        Settings settings = ConfigLab.environmentOnly(folder)
                .set("BACKUP_PATHS", "/data/a:/data/b\n /data/c ")
                .read();
        assertThat(settings.app()).isEqualTo("shop");
        assertThat(settings.accessory()).isEqualTo("backup");
        assertThat(settings.databases())
                .containsExactly(DatabaseSettings.of("app", "sqlite").with("path", "/data/app.sqlite3"));
        assertThat(settings.paths())
                .extracting(BackupPath::path)
                .containsExactly(Path.of("/data/a"), Path.of("/data/b"), Path.of("/data/c"));
        assertThat(settings.backup()).isEqualTo(BackupSettings.defaults());
        assertThat(settings.maintenance()).isEqualTo(MaintenanceSettings.defaults());
    }

    @Test
    void thePredecessorsTemplateIsReadUnchanged() {
        ReadSettings read = new ConfigLab(folder)
                .set("DATABASE_PASSWORD", "swordfish")
                .set("RESTIC_PASSWORD", "correct horse")
                .main("""
                        app: my-app
                        accessory: backup

                        databases:
                          - name: app
                            adapter: postgres
                            url: postgres://my-app@my-app-db:5432/my_app_production
                            password:
                              secret: DATABASE_PASSWORD

                        paths:
                          - /data/storage

                        restic:
                          repository: s3:https://s3.example.com/my-app-backups
                          password:
                            secret: RESTIC_PASSWORD
                          init_if_missing: true

                        backup:
                          schedule: 1d
                        """)
                .readAll();
        assertThat(read.warnings()).isEmpty();
        DatabaseSettings database = read.settings().databases().get(0);
        assertThat(database.secret("url")).contains(new Secret("postgres://my-app@my-app-db:5432/my_app_production"));
        assertThat(database.secret("password")).contains(new Secret("swordfish"));
        assertThat(read.settings().restic().initIfMissing()).isTrue();
        assertThat(read.settings().toString()).doesNotContain("swordfish", "correct horse");
    }

    @Test
    void theOldestFlatShapeIsReadUnchanged() {
        Settings settings = new ConfigLab(folder).main("""
                        app_name: shop
                        accessory: backup
                        database_adapter: postgres
                        database_url: postgres://shop@db/shop
                        pgpassword: swordfish
                        backup_paths:
                          - /data/storage
                          - /data/more:/data/third
                        local_restore_source_paths: /a:/b:/c
                        restic_repository: /backups
                        restic_password: correct horse
                        restic_init_if_missing: true
                        restic_check_after_backup: true
                        restic_check_read_data_subset: 5%
                        restic_forget_after_backup: false
                        restic_keep_last: 1
                        restic_keep_daily: 2
                        restic_keep_weekly: 3
                        restic_keep_monthly: 4
                        restic_keep_yearly: 5
                        backup_schedule_seconds: 3600
                        backup_start_delay_seconds: 0
                        state_dir: /state
                        allow_suspicious_paths: false
                        """).read();
        assertThat(settings.databases())
                .containsExactly(DatabaseSettings.of("app", "postgres")
                        .with("url", new Secret("postgres://shop@db/shop"))
                        .with("password", new Secret("swordfish")));
        assertThat(settings.paths()).hasSize(3);
        assertThat(settings.restoreFrom()).containsExactly(Path.of("/a"), Path.of("/b"), Path.of("/c"));
        assertThat(settings.maintenance())
                .isEqualTo(new MaintenanceSettings(
                        false,
                        new RetentionSettings(1, 0, 2, 3, 4, 5, ""),
                        ZoneId.of("UTC"),
                        true,
                        Optional.empty(),
                        "5%",
                        DrillSettings.defaults()));
        assertThat(settings.backup().schedule()).isEqualTo(new Schedule.Every(Duration.ofHours(1)));
        assertThat(settings.stateFolder()).isEqualTo(Path.of("/state"));
    }

    @Test
    void listsAreReplacedWholeByTheLocalFile() {
        Settings settings = ConfigLab.minimal(folder, "paths: [/data/a, /data/b]", "restore_from: [/x/a, /x/b]")
                .local("""
                        databases:
                          - {name: dev, adapter: sqlite3, path: db/dev.sqlite3}
                        paths: storage
                        restore_from: /rails/storage
                        """)
                .read();
        assertThat(settings.databases())
                .containsExactly(DatabaseSettings.of("dev", "sqlite").with("path", "db/dev.sqlite3"));
        assertThat(settings.paths()).containsExactly(BackupPath.of(folder.resolve("storage")));
        assertThat(settings.restoreFrom()).containsExactly(Path.of("/rails/storage"));
        assertThat(settings.app()).isEqualTo("shop");
    }

    @Test
    void anExplicitFileReplacesBoth() {
        ConfigLab lab = ConfigLab.minimal(folder)
                .local("app: local\n")
                .write("other.yml", ConfigLab.MINIMAL.replace("shop", "other"));
        assertThat(lab.set("KAMAL_BACKUP_CONFIG", "other.yml").read().app()).isEqualTo("other");
        assertThat(lab.set("KAMAL_BACKUP_CONFIG", " ").read().app()).isEqualTo("local");
    }

    @Test
    void databasesInAFileHideThoseOfTheEnvironmentEvenWhenEmpty() {
        ConfigLab lab = ConfigLab.environmentOnly(folder)
                .set("DATABASE_URL", "postgres://production/shop")
                .set("PGPASSWORD", "swordfish");
        assertThat(lab.main("databases: [{name: a, adapter: postgres, database: a}]\n")
                        .read()
                        .databases())
                .containsExactly(DatabaseSettings.of("a", "postgres").with("database", "a"));
        for (String empty : List.of("databases: []", "databases:", "databases: ~")) {
            assertThat(lab.main(empty).problems())
                    .containsExactly("config/kamal-backup.yml:1: databases: at least one database is needed");
        }
    }

    @Test
    void flatConnectionKeysBesideAListOfDatabasesAreToldToBeUseless() {
        assertThat(ConfigLab.minimal(folder, "database_url: postgres://x/y").warnings())
                .containsExactly("config/kamal-backup.yml:9: database_url: is not used, for databases is given");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0123", "12_34", "1:30", "0b11", "0x1F"})
    void aNumberThatThePredecessorReadAsAnotherIsTold(String written) {
        assertThat(ConfigLab.minimal(folder, "accessory: " + written).warnings())
                .singleElement()
                .asString()
                .startsWith("config/kamal-backup.yml:9: the Ruby version read this as another number");
        assertThat(ConfigLab.minimal(folder, "accessory: \"" + written + "\"").warnings())
                .isEmpty();
    }

    @Test
    void pathsOfTheGroupedFileAreNotOverriddenByTheEnvironment() {
        ConfigLab lab = ConfigLab.minimal(folder, "paths: [/data/a]").set("BACKUP_PATHS", "/data/b");
        assertThat(lab.read().paths()).containsExactly(BackupPath.of(Path.of("/data/a")));
        assertThat(ConfigLab.minimal(folder, "paths: []")
                        .set("BACKUP_PATHS", "/data/b")
                        .read()
                        .paths())
                .isEmpty();
        assertThat(ConfigLab.minimal(folder, "paths:").read().paths()).isEmpty();
    }

    @Test
    void pathsOfTheFlatFileAre() {
        ConfigLab lab = ConfigLab.minimal(folder, "backup_paths: /data/a").set("BACKUP_PATHS", "/data/b");
        assertThat(lab.read().paths()).containsExactly(BackupPath.of(Path.of("/data/b")));
        assertThat(lab.set("BACKUP_PATHS", "").read().paths()).isEmpty();
    }

    @Test
    void theSourceOfALocalRestoreIsOverriddenByTheEnvironment() {
        assertThat(ConfigLab.minimal(folder, "paths: [/data/a]", "restore_from: /x")
                        .set("LOCAL_RESTORE_SOURCE_PATHS", "/y")
                        .read()
                        .restoreFrom())
                .containsExactly(Path.of("/y"));
    }

    @Test
    void theStrongerOfTwoWaysToNameTheRepositoryWins() {
        ConfigLab lab = ConfigLab.minimal(folder).set("RESTIC_REPOSITORY_FILE", "repo.txt");
        assertThat(lab.read().restic().location())
                .isEqualTo(new ResticRepositoryLocation.InFile(folder.resolve("repo.txt")));
        lab.unset("RESTIC_REPOSITORY_FILE").local("restic: {repository_file: /run/repo}");
        assertThat(lab.read().restic().location()).isEqualTo(new ResticRepositoryLocation.InFile(Path.of("/run/repo")));
    }

    @Test
    void everyWayToGiveResticItsPasswordIsKnown() {
        ConfigLab lab = ConfigLab.minimal(folder);
        assertThat(lab.read().restic().password()).isEqualTo(new ResticPassword.Value(new Secret("correct horse")));
        lab.local("restic: {password: {file: /run/secrets/restic}}");
        assertThat(lab.read().restic().password()).isEqualTo(new ResticPassword.InFile(Path.of("/run/secrets/restic")));
        lab.local("restic: {password: {command: 'pass show restic'}}");
        assertThat(lab.read().restic().password()).isEqualTo(new ResticPassword.FromCommand("pass show restic"));
        lab.set("RESTIC_PASSWORD_COMMAND", "op read x");
        assertThat(lab.read().restic().password()).isEqualTo(new ResticPassword.FromCommand("op read x"));
        lab.unset("RESTIC_PASSWORD_COMMAND").set("RESTIC_PASSWORD_FILE", "pw");
        assertThat(lab.read().restic().password()).isEqualTo(new ResticPassword.InFile(folder.resolve("pw")));
        lab.unset("RESTIC_PASSWORD_FILE").set("RESTIC_PASSWORD", "new");
        assertThat(lab.read().restic().password()).isEqualTo(new ResticPassword.Value(new Secret("new")));
    }

    @Test
    void theUserOfARestServerHasTwoNames() {
        assertThat(ConfigLab.minimal(folder)
                        .local("restic: {rest: {user: joe, password: {secret: RESTIC_SECRET}}}")
                        .read()
                        .restic()
                        .credentials())
                .containsEntry("RESTIC_REST_USERNAME", new Secret("joe"))
                .containsEntry("RESTIC_REST_PASSWORD", new Secret("correct horse"));
    }

    @Test
    void windowsLineEndsAByteOrderMarkAndEmptyFilesDoNoHarm() throws IOException {
        ConfigLab lab = ConfigLab.environmentOnly(folder).unset("APP_NAME");
        Files.createDirectories(folder.resolve("config"));
        Files.writeString(
                folder.resolve(ConfigFiles.MAIN), "\ufeffapp: shop\r\nbackup:\r\n  enabled: off\r\nrestic:\r\n");
        lab.local("# nothing here\n");
        assertThat(lab.read().app()).isEqualTo("shop");
        assertThat(lab.read().backup().enabled()).isFalse();
        assertThat(lab.local("~").read().app()).isEqualTo("shop");
    }

    @Test
    void everySecretIsToldToTheRedactor() {
        Settings settings = ConfigLab.minimal(folder)
                .set("RESTIC_REPOSITORY", "rest:https://joe:pa%40ss@host/repo")
                .set("RESTIC_REST_PASSWORD", "restpass")
                .read();
        assertThat(settings.secrets())
                .contains(
                        new Secret("correct horse"), new Secret("restpass"), new Secret("pa%40ss"), new Secret("pa@ss"))
                .doesNotContain(new Secret("rest:https://joe:pa%40ss@host/repo"));
    }
}
