package dev.kamalbackup.evidence;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.MaintenanceSettings;
import dev.kamalbackup.config.ResticPassword;
import dev.kamalbackup.config.RetentionSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.plan.DumpHash;
import dev.kamalbackup.spi.Adapters;
import dev.kamalbackup.spi.DatabaseAdapter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A hash of what is configured. Of secrets only it knows that they are there, so that it can be shown, and stays the same
 * when a password is changed.
 */
final class Fingerprint {
    private final Settings settings;
    private final Adapters adapters;
    private final String repository;
    private final List<String> lines = new ArrayList<>();

    /** The repository's address is one without credentials. */
    Fingerprint(Settings settings, Adapters adapters, String repository) {
        this.settings = settings;
        this.adapters = adapters;
        this.repository = repository;
    }

    String sha256() {
        byte[] text = text().getBytes(StandardCharsets.UTF_8);
        DumpHash hash = new DumpHash();
        hash.accept(text, text.length);
        return hash.hex();
    }

    /** The text that is hashed: one setting on each line, always in this order. */
    String text() {
        lines.clear();
        add("app", settings.app());
        add("accessory", settings.accessory());
        settings.databases().forEach(this::add);
        settings.paths().forEach(path -> {
            add("path", path.path());
            path.excludes().forEach(exclude -> add("exclude", exclude));
        });
        settings.restoreFrom().forEach(path -> add("restore_from", path));
        add("repository", repository);
        add("repository.password", kind(settings.restic().password()));
        new TreeSet<>(settings.restic().credentials().keySet()).forEach(name -> add("repository.credential", name));
        add("repository.init_if_missing", settings.restic().initIfMissing());
        add("backup.enabled", settings.backup().enabled());
        add("backup.schedule", settings.backup().schedule());
        add("backup.jitter", settings.backup().jitter());
        add("backup.dump_timeout", settings.backup().dumpTimeout());
        add("backup.stall_timeout", settings.backup().stallTimeout());
        add(settings.maintenance());
        add("state", settings.stateFolder());
        return String.join("\n", lines) + "\n";
    }

    private void add(DatabaseSettings database) {
        add("database", database.name());
        add("database.adapter", database.adapter());
        // The address may be a secret as a whole, for it may hold a password; the adapter knows which database it is.
        add(
                "database.location",
                adapters.find(database.adapter())
                        .map((DatabaseAdapter adapter) -> adapter.location(database))
                        .orElse("?"));
        new TreeMap<>(database.options()).forEach((key, value) -> add("database.option." + key, value));
        new TreeSet<>(database.secrets().keySet()).forEach(key -> add("database.secret", key));
    }

    private void add(MaintenanceSettings maintenance) {
        RetentionSettings retention = maintenance.retention();
        add("forget_after_backup", maintenance.forgetAfterBackup());
        add("keep_last", retention.last());
        add("keep_hourly", retention.hourly());
        add("keep_daily", retention.daily());
        add("keep_weekly", retention.weekly());
        add("keep_monthly", retention.monthly());
        add("keep_yearly", retention.yearly());
        add("keep_within", retention.within());
        add("check_after_backup", maintenance.checkAfterBackup());
        add("check_read_data_subset", maintenance.checkReadDataSubset());
        add("check_schedule", maintenance.checkSchedule().map(Object::toString).orElse(""));
        add("time_zone", maintenance.zone());
        add(
                "drill.schedule",
                maintenance.drill().schedule().map(Object::toString).orElse(""));
        add("drill.files", maintenance.drill().files());
        add("drill.check", maintenance.drill().check().orElse(""));
    }

    /** A line feed in a value must not look like the next setting. */
    private void add(String name, Object value) {
        lines.add(name + "=" + value.toString().replace("\\", "\\\\").replace("\n", "\\n"));
    }

    private static String kind(ResticPassword password) {
        if (password instanceof ResticPassword.InFile inFile) {
            return "in the file " + inFile.file();
        }
        return password instanceof ResticPassword.FromCommand ? "from a command" : "given";
    }
}
