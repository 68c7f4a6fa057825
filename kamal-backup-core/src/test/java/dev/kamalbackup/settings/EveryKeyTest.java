package dev.kamalbackup.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.ResticPassword;
import dev.kamalbackup.config.ResticRepositoryLocation;
import dev.kamalbackup.config.RetentionSettings;
import dev.kamalbackup.config.Schedule;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.redact.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key, in the grouped file, in the flat file, in the environment, and which of them wins. */
class EveryKeyTest {
    @TempDir
    Path folder;

    /**
     * What to try with a key.
     *
     * @param one a value other than the default, and {@code expectedOne} what it must become
     * @param none what the key is when nothing is given
     */
    record Row(
            Key key,
            Function<Settings, Object> read,
            Object none,
            String one,
            Object expectedOne,
            String other,
            Object expectedOther) {
        @Override
        public String toString() {
            return key.path().isEmpty() ? key.environment() : key.path();
        }
    }

    static Stream<Row> rows() {
        return Stream.of(
                new Row(Keys.APP, Settings::app, "shop", "one", "one", "other", "other"),
                new Row(Keys.ACCESSORY, Settings::accessory, "backup", "one", "one", "other", "other"),
                new Row(
                        Keys.RESTIC_PROGRAM,
                        settings -> settings.restic().program(),
                        "restic",
                        "rustic",
                        "rustic",
                        "/opt/restic",
                        "/opt/restic"),
                new Row(
                        Keys.REPOSITORY,
                        settings -> settings.restic().location(),
                        address("/backups"),
                        "s3:https://host/one",
                        address("s3:https://host/one"),
                        "rest:https://host/",
                        address("rest:https://host/")),
                new Row(
                        Keys.PASSWORD,
                        settings -> settings.restic().password(),
                        new ResticPassword.Value(new Secret("correct horse")),
                        "one1",
                        new ResticPassword.Value(new Secret("one1")),
                        "other",
                        new ResticPassword.Value(new Secret("other"))),
                new Row(
                        Keys.REST_USERNAME,
                        settings -> Optional.ofNullable(
                                settings.restic().credentials().get("RESTIC_REST_USERNAME")),
                        Optional.empty(),
                        "one",
                        Optional.of(new Secret("one")),
                        "other",
                        Optional.of(new Secret("other"))),
                new Row(
                        Keys.REST_PASSWORD,
                        settings -> Optional.ofNullable(
                                settings.restic().credentials().get("RESTIC_REST_PASSWORD")),
                        Optional.empty(),
                        "one1",
                        Optional.of(new Secret("one1")),
                        "other",
                        Optional.of(new Secret("other"))),
                flag(Keys.INIT_IF_MISSING, settings -> settings.restic().initIfMissing(), false),
                duration(Keys.LOCK_WAIT, settings -> settings.restic().lockWait(), Duration.ofMinutes(5)),
                duration(Keys.OPEN_TIMEOUT, settings -> settings.restic().openTimeout(), Duration.ofMinutes(2)),
                flag(Keys.CHECK_AFTER_BACKUP, settings -> settings.maintenance().checkAfterBackup(), false),
                new Row(
                        Keys.CHECK_SUBSET,
                        settings -> settings.maintenance().checkReadDataSubset(),
                        "",
                        "1/10",
                        "1/10",
                        "2.5%",
                        "2.5%"),
                flag(
                        Keys.FORGET_AFTER_BACKUP,
                        settings -> settings.maintenance().forgetAfterBackup(),
                        true),
                count(Keys.KEEP_LAST, RetentionSettings::last, 7),
                count(Keys.KEEP_HOURLY, RetentionSettings::hourly, 0),
                count(Keys.KEEP_DAILY, RetentionSettings::daily, 7),
                count(Keys.KEEP_WEEKLY, RetentionSettings::weekly, 4),
                count(Keys.KEEP_MONTHLY, RetentionSettings::monthly, 6),
                count(Keys.KEEP_YEARLY, RetentionSettings::yearly, 2),
                new Row(
                        Keys.KEEP_WITHIN,
                        settings -> settings.maintenance().retention().within(),
                        "",
                        "30d",
                        "30d",
                        "1y6m",
                        "1y6m"),
                flag(Keys.ENABLED, settings -> settings.backup().enabled(), true),
                new Row(
                        Keys.SCHEDULE,
                        settings -> settings.backup().schedule(),
                        every(1),
                        "2 W",
                        every(14),
                        "15 3 * * 1",
                        new Schedule.Cron("15 3 * * 1", ZoneId.of("UTC"))),
                new Row(
                        Keys.TIME_ZONE,
                        settings -> settings.maintenance().zone(),
                        ZoneId.of("UTC"),
                        "Europe/Berlin",
                        ZoneId.of("Europe/Berlin"),
                        "America/New_York",
                        ZoneId.of("America/New_York")),
                new Row(
                        Keys.JITTER,
                        settings -> settings.backup().jitter(),
                        Duration.ZERO,
                        "90",
                        Duration.ofSeconds(90),
                        "2h",
                        Duration.ofHours(2)),
                duration(Keys.START_DELAY, settings -> settings.backup().startDelay(), Duration.ZERO),
                new Row(
                        Keys.CHECK_SCHEDULE,
                        settings -> settings.maintenance().checkSchedule(),
                        Optional.empty(),
                        "7d",
                        Optional.of(every(7)),
                        "1w",
                        Optional.of(every(7))),
                new Row(
                        Keys.DRILL_SCHEDULE,
                        settings -> settings.maintenance().drill().schedule(),
                        Optional.empty(),
                        "30d",
                        Optional.of(every(30)),
                        "1w",
                        Optional.of(every(7))),
                new Row(
                        Keys.DRILL_FILES,
                        settings -> settings.maintenance().drill().files(),
                        Path.of("/restore/files"),
                        "/scratch",
                        Path.of("/scratch"),
                        "/scratch/../other",
                        Path.of("/other")),
                new Row(
                        Keys.DRILL_CHECK,
                        settings -> settings.maintenance().drill().check(),
                        Optional.empty(),
                        "test -s x",
                        Optional.of("test -s x"),
                        "bin/check",
                        Optional.of("bin/check")),
                monitor(Keys.NOTIFY_SUCCESS, settings -> settings.monitors().success()),
                monitor(Keys.NOTIFY_FAILURE, settings -> settings.monitors().failure()),
                duration(Keys.DUMP_TIMEOUT, settings -> settings.backup().dumpTimeout(), Duration.ofHours(12)),
                duration(Keys.STALL_TIMEOUT, settings -> settings.backup().stallTimeout(), Duration.ofMinutes(30)),
                new Row(
                        Keys.STATE_PATH,
                        Settings::stateFolder,
                        Path.of("/var/lib/kamal-backup"),
                        "/state",
                        Path.of("/state"),
                        "/other/../state2",
                        Path.of("/state2")));
    }

    private static Row monitor(Key key, Function<Settings, Object> read) {
        return new Row(
                key,
                read,
                Optional.empty(),
                "https://monitor.example.com/1",
                Optional.of(new Secret("https://monitor.example.com/1")),
                "http://localhost:8000/2",
                Optional.of(new Secret("http://localhost:8000/2")));
    }

    @Test
    void noKeyIsForgottenHereAndNoneIsDefinedTwice() {
        Set<Key> elsewhere = new HashSet<>(ConnectionKeys.ALL);
        elsewhere.addAll(List.of(
                Keys.DATABASES_LIST,
                Keys.PATHS_LIST,
                Keys.RESTORE_FROM,
                Keys.REPOSITORY_FILE,
                Keys.PASSWORD_FILE,
                Keys.PASSWORD_COMMAND,
                Keys.ALLOW_SUSPICIOUS_PATHS));
        rows().map(Row::key).forEach(elsewhere::add);
        assertThat(elsewhere).containsExactlyInAnyOrderElementsOf(Keys.ALL);
        assertThat(Keys.ALL.stream().map(Key::path).filter(path -> !path.isEmpty()))
                .doesNotHaveDuplicates();
        assertThat(Keys.ALL.stream().map(Key::environment).filter(name -> !name.isEmpty()))
                .doesNotHaveDuplicates();
        assertThat(Keys.ALL.stream().map(Key::help)).allMatch(help -> help.endsWith("."));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theDefaultHoldsWhenNothingIsGiven(Row row) {
        assertThat(row.read().apply(ConfigLab.minimal(folder).read())).isEqualTo(row.none());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theGroupedFileIsRead(Row row) {
        assertThat(row.read().apply(lab().local(grouped(row.key(), row.one())).read()))
                .isEqualTo(row.expectedOne());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theFlatFileIsRead(Row row) {
        assertThat(row.read()
                        .apply(lab().local(row.key().flat() + ": '" + row.one() + "'\n")
                                .read()))
                .isEqualTo(row.expectedOne());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theEnvironmentWinsOverTheFile(Row row) {
        ConfigLab lab =
                lab().local(grouped(row.key(), row.one())).set(row.key().environment(), " " + row.other() + " ");
        assertThat(row.read().apply(lab.read())).isEqualTo(row.expectedOther());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aBlankVariableUnsetsWhatTheFileSays(Row row) {
        ConfigLab lab = lab().local(grouped(row.key(), row.one())).set(row.key().environment(), " ");
        if (Set.of(Keys.APP, Keys.REPOSITORY, Keys.PASSWORD).contains(row.key())) {
            assertThat(lab.problems())
                    .singleElement()
                    .asString()
                    .startsWith(row.key().path() + ": is missing");
        } else {
            assertThat(row.read().apply(lab.read())).isEqualTo(row.none());
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void theLocalFileWinsOverTheMainOne(Row row) {
        ConfigLab lab = new ConfigLab(folder)
                .main("databases: [{name: app, adapter: sqlite, path: /a}]\n"
                        + (row.key().equals(Keys.APP) ? "" : "app: shop\n")
                        + (row.key().equals(Keys.REPOSITORY) ? "" : "restic_repository: /backups\n")
                        + (row.key().equals(Keys.PASSWORD) ? "" : "restic_password: correct horse\n")
                        + grouped(row.key(), row.one()))
                .local(grouped(row.key(), row.other()));
        assertThat(row.read().apply(lab.read())).isEqualTo(row.expectedOther());
    }

    @ParameterizedTest
    @MethodSource("rows")
    void aListWhereOneValueBelongsIsAProblem(Row row) {
        assertThat(lab().local(grouped(row.key(), "LIST").replace("'LIST'", "[a]"))
                        .problems())
                .singleElement()
                .asString()
                .endsWith(row.key().path() + ": expects one value, not a list");
    }

    private ConfigLab lab() {
        return ConfigLab.minimal(folder);
    }

    private static String grouped(Key key, String value) {
        StringBuilder yaml = new StringBuilder();
        String indent = "";
        for (String part : key.path().split("\\.", -1)) {
            yaml.append(indent.isEmpty() ? "" : "\n")
                    .append(indent)
                    .append(part)
                    .append(":");
            indent += "  ";
        }
        return yaml.append(" '").append(value).append("'\n").toString();
    }

    private static Row flag(Key key, Function<Settings, Object> read, boolean none) {
        return new Row(key, read, none, none ? "OFF" : "Yes", !none, none ? "n" : "1", !none);
    }

    private static Row duration(Key key, Function<Settings, Object> read, Duration none) {
        return new Row(key, read, none, "90", Duration.ofSeconds(90), "2 W", Duration.ofDays(14));
    }

    private static Schedule every(int days) {
        return new Schedule.Every(Duration.ofDays(days));
    }

    private static Row count(Key key, Function<RetentionSettings, Object> read, int none) {
        return new Row(key, settings -> read.apply(settings.maintenance().retention()), none, "11", 11, "0", 0);
    }

    private static ResticRepositoryLocation address(String text) {
        return new ResticRepositoryLocation.Address(new Secret(text));
    }
}
