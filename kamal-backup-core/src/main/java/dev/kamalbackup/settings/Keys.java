package dev.kamalbackup.settings;

import static dev.kamalbackup.settings.KeyType.AGE;
import static dev.kamalbackup.settings.KeyType.COUNT;
import static dev.kamalbackup.settings.KeyType.DATABASES;
import static dev.kamalbackup.settings.KeyType.DURATION;
import static dev.kamalbackup.settings.KeyType.PATH;
import static dev.kamalbackup.settings.KeyType.PATHS;
import static dev.kamalbackup.settings.KeyType.SECRET;
import static dev.kamalbackup.settings.KeyType.SUBSET;
import static dev.kamalbackup.settings.KeyType.SWITCH;
import static dev.kamalbackup.settings.KeyType.TEXT;
import static dev.kamalbackup.settings.KeyType.ZONE;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** Every key there is. What stands below one of {@code databases} is the adapters' matter. */
final class Keys {
    static final Key APP = key("app", TEXT, "", "APP_NAME", "The app's name; tags its snapshots.");
    static final Key ACCESSORY =
            key("accessory", TEXT, "backup", "KAMAL_BACKUP_ACCESSORY", "The Kamal accessory that makes the backups.");
    static final Key DATABASES_LIST = key("databases", DATABASES, "", "", "What to dump, in order.");
    static final Key PATHS_LIST = key("paths", PATHS, "", "BACKUP_PATHS", "The folders and files to back up.");
    static final Key RESTORE_FROM = key(
            "restore_from",
            PATHS,
            "",
            "LOCAL_RESTORE_SOURCE_PATHS",
            "For a restore on another machine: under which paths the files were backed up, one for each of paths.");

    static final Key RESTIC_PROGRAM =
            key("restic.program", TEXT, "restic", "KAMAL_BACKUP_RESTIC_BIN", "The restic program: a name or a path.");
    static final Key REPOSITORY =
            key("restic.repository", SECRET, "", "RESTIC_REPOSITORY", "The repository's address, as restic writes it.");
    static final Key REPOSITORY_FILE = key(
            "restic.repository_file",
            PATH,
            "",
            "RESTIC_REPOSITORY_FILE",
            "A file that holds the repository's address.");
    static final Key PASSWORD = secret(
            "restic.password", "RESTIC_PASSWORD", "The repository's password; without it no backup can be read.");
    static final Key PASSWORD_FILE =
            key("", PATH, "", "RESTIC_PASSWORD_FILE", "A file that holds the password; restic.password: {file: PATH}.");
    static final Key PASSWORD_COMMAND = key(
            "",
            TEXT,
            "",
            "RESTIC_PASSWORD_COMMAND",
            "A command that prints the password; restic.password: {command: ..}.");
    static final Key REST_USERNAME =
            key("restic.rest.username", SECRET, "", "RESTIC_REST_USERNAME", "The user of a REST server.");
    static final Key REST_PASSWORD = secret("restic.rest.password", "RESTIC_REST_PASSWORD", "That user's password.");
    static final Key INIT_IF_MISSING = key(
            "restic.init_if_missing",
            SWITCH,
            "false",
            "RESTIC_INIT_IF_MISSING",
            "Whether the first backup may create the repository.");
    static final Key LOCK_WAIT =
            key("restic.lock_wait", DURATION, "5m", "KAMAL_BACKUP_LOCK_WAIT", "How long to wait for another's lock.");
    static final Key OPEN_TIMEOUT = key(
            "restic.open_timeout",
            DURATION,
            "2m",
            "KAMAL_BACKUP_OPEN_TIMEOUT",
            "How long a repository that does not answer is waited for.");
    static final Key CHECK_AFTER_BACKUP = key(
            "restic.check_after_backup",
            SWITCH,
            "false",
            "RESTIC_CHECK_AFTER_BACKUP",
            "Whether a good run is checked.");
    static final Key CHECK_SUBSET = key(
            "restic.check_read_data_subset",
            SUBSET,
            "",
            "RESTIC_CHECK_READ_DATA_SUBSET",
            "How much of the data a check reads.");
    static final Key CHECK_SCHEDULE = key(
            "restic.check_schedule",
            KeyType.SCHEDULE,
            "",
            "KAMAL_BACKUP_CHECK_SCHEDULE",
            "When the repository is checked, whatever becomes of backups.");
    static final Key FORGET_AFTER_BACKUP = key(
            "restic.forget_after_backup",
            SWITCH,
            "true",
            "RESTIC_FORGET_AFTER_BACKUP",
            "Whether old runs are removed after a good one.");
    static final Key KEEP_LAST = keep("last", "7", "How many of the newest runs are kept.");
    static final Key KEEP_HOURLY = keep("hourly", "0", "For how many hours the newest run of each is kept.");
    static final Key KEEP_DAILY = keep("daily", "7", "For how many days the newest run of each is kept.");
    static final Key KEEP_WEEKLY = keep("weekly", "4", "For how many weeks the newest run of each is kept.");
    static final Key KEEP_MONTHLY = keep("monthly", "6", "For how many months the newest run of each is kept.");
    static final Key KEEP_YEARLY = keep("yearly", "2", "For how many years the newest run of each is kept.");
    static final Key KEEP_WITHIN =
            key("restic.retention.keep_within", AGE, "", "RESTIC_KEEP_WITHIN", "Every run that is not older is kept.");

    static final Key ENABLED = key("backup.enabled", SWITCH, "true", "BACKUP_ENABLED", "Whether backups are made.");
    static final Key SCHEDULE =
            key("backup.schedule", KeyType.SCHEDULE, "1d", "BACKUP_SCHEDULE_SECONDS", "When a run is due.");
    static final Key TIME_ZONE = key(
            "backup.time_zone",
            ZONE,
            "UTC",
            "KAMAL_BACKUP_TIME_ZONE",
            "Whose clock cron expressions and retention go by.");
    static final Key JITTER = key(
            "backup.jitter",
            DURATION,
            "0",
            "KAMAL_BACKUP_JITTER",
            "How much later a run starts at most, always the same for one app and time.");
    static final Key START_DELAY = key(
            "backup.start_delay",
            DURATION,
            "0",
            "BACKUP_START_DELAY_SECONDS",
            "How long the scheduler waits at its start.");
    static final Key DUMP_TIMEOUT = key(
            "backup.dump_timeout",
            DURATION,
            "12h",
            "KAMAL_BACKUP_DUMP_TIMEOUT",
            "How long the dump of one database may take.");
    static final Key STALL_TIMEOUT = key(
            "backup.stall_timeout",
            DURATION,
            "30m",
            "KAMAL_BACKUP_STALL_TIMEOUT",
            "How long a dump may stand still, and restic get nowhere.");

    static final Key DRILL_SCHEDULE = key(
            "drill.schedule",
            KeyType.SCHEDULE,
            "",
            "KAMAL_BACKUP_DRILL_SCHEDULE",
            "When a restore into scratch places is drilled.");
    static final Key DRILL_FILES = key(
            "drill.files",
            PATH,
            "/restore/files",
            "KAMAL_BACKUP_DRILL_FILES",
            "The scratch folder for files; scratch SQLite databases are made beside it.");
    static final Key DRILL_CHECK = key(
            "drill.check",
            TEXT,
            "",
            "KAMAL_BACKUP_DRILL_CHECK",
            "A shell command that must succeed while the restored data are there.");

    static final Key NOTIFY_SUCCESS = secret(
            "notify.success",
            "KAMAL_BACKUP_NOTIFY_SUCCESS",
            "The http or https address that is told of every complete backup.");
    static final Key NOTIFY_FAILURE = secret(
            "notify.failure",
            "KAMAL_BACKUP_NOTIFY_FAILURE",
            "The http or https address that is told of every failed backup, and of a scheduled check or drill that failed.");

    static final Key STATE_PATH = key(
            "state.path",
            PATH,
            "/var/lib/kamal-backup",
            "KAMAL_BACKUP_STATE_DIR",
            "Where records, cache and scratch files live.");

    static final Key ALLOW_SUSPICIOUS_PATHS = key(
            "",
            SWITCH,
            "false",
            "KAMAL_BACKUP_ALLOW_SUSPICIOUS_PATHS",
            "Whether folders of the operating system may be backed up and restored.");

    private static final List<Key> OWN = List.of(
            APP,
            ACCESSORY,
            DATABASES_LIST,
            PATHS_LIST,
            RESTORE_FROM,
            RESTIC_PROGRAM,
            REPOSITORY,
            REPOSITORY_FILE,
            PASSWORD,
            PASSWORD_FILE,
            PASSWORD_COMMAND,
            REST_USERNAME,
            REST_PASSWORD,
            INIT_IF_MISSING,
            LOCK_WAIT,
            OPEN_TIMEOUT,
            CHECK_AFTER_BACKUP,
            CHECK_SCHEDULE,
            CHECK_SUBSET,
            FORGET_AFTER_BACKUP,
            KEEP_LAST,
            KEEP_HOURLY,
            KEEP_DAILY,
            KEEP_WEEKLY,
            KEEP_MONTHLY,
            KEEP_YEARLY,
            KEEP_WITHIN,
            ENABLED,
            SCHEDULE,
            TIME_ZONE,
            JITTER,
            START_DELAY,
            DUMP_TIMEOUT,
            STALL_TIMEOUT,
            DRILL_SCHEDULE,
            DRILL_FILES,
            DRILL_CHECK,
            NOTIFY_SUCCESS,
            NOTIFY_FAILURE,
            STATE_PATH,
            ALLOW_SUSPICIOUS_PATHS);

    /** All of them, those of the one database that can be configured without {@code databases} included. */
    static final List<Key> ALL =
            Stream.concat(OWN.stream(), ConnectionKeys.ALL.stream()).toList();

    /** Second names the predecessor accepts. */
    private static final Map<String, String> ALIASES = Map.of("restic.rest.user", "restic.rest.username");

    private static final Map<String, Key> BY_PATH = index(Key::path);
    private static final Map<String, Key> BY_FLAT_NAME = index(Key::flat);

    /** In the order in which the keys name them. */
    private static final List<String> SECTIONS = ALL.stream()
            .map(Key::section)
            .filter(section -> !section.isEmpty())
            .distinct()
            .toList();

    private Keys() {}

    /** The key at this place of the grouped file. */
    static Optional<Key> at(String path) {
        return Optional.ofNullable(BY_PATH.get(ALIASES.getOrDefault(path, path)));
    }

    /** The key of this name in the flat file. */
    static Optional<Key> flat(String name) {
        return Optional.ofNullable(BY_FLAT_NAME.get(name));
    }

    static boolean isSection(String path) {
        return SECTIONS.contains(path);
    }

    /** The places of all keys and sections of the grouped file, as in {@code restic.retention}. */
    static Stream<String> places() {
        return Stream.concat(SECTIONS.stream(), BY_PATH.keySet().stream());
    }

    /** The names of the flat file. */
    static Set<String> flatNames() {
        return BY_FLAT_NAME.keySet();
    }

    /** What may stand directly in a section of the grouped file; in the top for an empty path. */
    static List<String> names(String section) {
        return Stream.concat(ALL.stream().map(Key::path).filter(path -> !path.isEmpty()), SECTIONS.stream())
                .filter(path -> parent(path).equals(section))
                .map(path -> path.substring(path.lastIndexOf('.') + 1))
                .toList();
    }

    /** The second names that may stand directly in a section, and what they mean. */
    static Map<String, Key> aliases(String section) {
        Map<String, Key> aliases = new TreeMap<>();
        ALIASES.forEach((alias, path) -> {
            if (parent(alias).equals(section)) {
                aliases.put(alias.substring(alias.lastIndexOf('.') + 1), Objects.requireNonNull(BY_PATH.get(path)));
            }
        });
        return aliases;
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('.')));
    }

    private static Key key(String path, KeyType type, String fallback, String environment, String help) {
        return new Key(path, type, fallback, environment, false, help);
    }

    private static Key secret(String path, String environment, String help) {
        return new Key(path, SECRET, "", environment, true, help);
    }

    private static Key keep(String span, String fallback, String help) {
        String name = "keep_" + span;
        return key("restic.retention." + name, COUNT, fallback, "RESTIC_" + name.toUpperCase(Locale.ROOT), help);
    }

    private static Map<String, Key> index(Function<Key, String> name) {
        Map<String, Key> index = new LinkedHashMap<>();
        ALL.stream().filter(key -> !name.apply(key).isEmpty()).forEach(key -> index.put(name.apply(key), key));
        return Collections.unmodifiableMap(index);
    }
}
