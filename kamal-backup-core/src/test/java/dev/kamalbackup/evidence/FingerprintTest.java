package dev.kamalbackup.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.BackupPath;
import dev.kamalbackup.config.BackupSettings;
import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.MaintenanceSettings;
import dev.kamalbackup.config.ResticPassword;
import dev.kamalbackup.config.ResticRepositoryLocation;
import dev.kamalbackup.config.ResticSettings;
import dev.kamalbackup.config.RetentionSettings;
import dev.kamalbackup.config.Schedule;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.spi.Adapters;
import dev.kamalbackup.testing.ScriptAdapter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprintTest {
    private static final DatabaseSettings DATABASE = DatabaseSettings.of("app", "script")
            .with("dump", "echo")
            .with("target", "db/app")
            .with("url", new Secret("postgres://joe:canary-one@db/app"));
    private static final MaintenanceSettings MAINTENANCE = MaintenanceSettings.defaults();
    private static final BackupSettings BACKUP = BackupSettings.defaults();
    private static final String ADDRESS = "rest:https://joe:canary-two@host/shop";
    private static final Settings BASE = settings(
            List.of(DATABASE), List.of(BackupPath.of(Path.of("/data"))), restic(ADDRESS, "x"), BACKUP, MAINTENANCE);

    @Test
    void holdsNoSecretAndNamesEverySetting() {
        assertThat(text(BASE))
                .doesNotContain("canary")
                .contains("app=shop\n", "database=app\n", "database.location=db/app\n", "database.secret=url\n")
                .contains(
                        "path=/data\n", "repository=rest:https://[REDACTED]@host/shop\n", "backup.schedule=every 1d\n")
                .contains("keep_daily=7\n", "keep_within=\n", "repository.credential=AWS_SECRET_ACCESS_KEY\n");
    }

    @Test
    void changesWithEverySettingThatMatters() {
        List<DatabaseSettings> databases = BASE.databases();
        List<BackupPath> paths = BASE.paths();
        ResticSettings restic = BASE.restic();

        assertThat(List.of(
                        settings(databases, List.of(BackupPath.of(Path.of("/other"))), restic, BACKUP, MAINTENANCE),
                        settings(
                                databases,
                                List.of(new BackupPath(Path.of("/data"), List.of("*.log"))),
                                restic,
                                BACKUP,
                                MAINTENANCE),
                        settings(
                                List.of(DATABASE, DatabaseSettings.of("queue", "script")),
                                paths,
                                restic,
                                BACKUP,
                                MAINTENANCE),
                        settings(List.of(DATABASE.with("target", "other/app")), paths, restic, BACKUP, MAINTENANCE),
                        settings(databases, paths, restic("rest:https://host/else", "x"), BACKUP, MAINTENANCE),
                        settings(
                                databases,
                                paths,
                                restic,
                                BACKUP.with(new Schedule.Every(Duration.ofHours(6))),
                                MAINTENANCE),
                        settings(
                                databases,
                                paths,
                                restic,
                                BACKUP,
                                new MaintenanceSettings(
                                        true,
                                        new RetentionSettings(7, 0, 8, 4, 6, 2, ""),
                                        MAINTENANCE.zone(),
                                        false,
                                        MAINTENANCE.checkSchedule(),
                                        "",
                                        MAINTENANCE.drill()))))
                .extracting(FingerprintTest::hash)
                .doesNotContain(hash(BASE))
                .doesNotHaveDuplicates();
    }

    @Test
    void staysTheSameWhenPasswordsChange() {
        Settings changed = settings(
                List.of(DATABASE.with("url", new Secret("postgres://joe:canary-new@db/app"))),
                BASE.paths(),
                restic("rest:https://joe:canary-other@host/shop", "y"),
                BACKUP,
                MAINTENANCE);

        assertThat(hash(changed)).isEqualTo(hash(BASE)).matches("[0-9a-f]{64}");
    }

    @Test
    void aLineFeedInAValueIsNoOtherSetting() {
        assertThat(hash(settings(
                        List.of(DATABASE.with("target", "db/app\nkeep_daily=9")),
                        BASE.paths(),
                        BASE.restic(),
                        BACKUP,
                        MAINTENANCE)))
                .isNotEqualTo(hash(BASE));
        assertThat(text(settings(
                        List.of(DATABASE.with("target", "a\nb=c")), BASE.paths(), BASE.restic(), BACKUP, MAINTENANCE)))
                .contains("database.location=a\\nb=c\n");
    }

    private static ResticSettings restic(String address, String password) {
        return new ResticSettings(
                "restic",
                new ResticRepositoryLocation.Address(new Secret(address)),
                new ResticPassword.Value(new Secret("canary-password-" + password)),
                Map.of("AWS_SECRET_ACCESS_KEY", new Secret("canary-key-" + password)),
                false,
                ResticSettings.DEFAULT_LOCK_WAIT,
                ResticSettings.DEFAULT_OPEN_TIMEOUT);
    }

    private static Settings settings(
            List<DatabaseSettings> databases,
            List<BackupPath> paths,
            ResticSettings restic,
            BackupSettings backup,
            MaintenanceSettings maintenance) {
        return new Settings(
                "shop", "backup", databases, paths, List.of(), restic, backup, Path.of("/state"), maintenance);
    }

    private static String text(Settings settings) {
        return fingerprint(settings).text();
    }

    private static String hash(Settings settings) {
        return fingerprint(settings).sha256();
    }

    private static Fingerprint fingerprint(Settings settings) {
        ResticRepositoryLocation.Address address =
                (ResticRepositoryLocation.Address) settings.restic().location();
        return new Fingerprint(
                settings,
                Adapters.of(List.of(new ScriptAdapter())),
                Redactor.none().redact(address.address().reveal()));
    }
}
