package dev.kamalbackup.settings;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.Inspection;
import dev.kamalbackup.plan.RestorePlan;
import dev.kamalbackup.plan.ScratchPlan;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.spi.AdapterContext;
import dev.kamalbackup.spi.AdapterDescription;
import dev.kamalbackup.spi.Adapters;
import dev.kamalbackup.spi.DatabaseAdapter;
import dev.kamalbackup.spi.OptionKey;
import dev.kamalbackup.spi.RestoreOptions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Declares the options of a real adapter and checks one thing; it never dumps. */
final class FakeAdapter implements DatabaseAdapter {
    private static final Set<String> SECRET = Set.of("url", "password");

    private final AdapterDescription description;
    private final String needed;

    private FakeAdapter(String id, Set<String> aliases, String needed, String... options) {
        this.needed = needed;
        this.description = new AdapterDescription(
                id,
                aliases,
                "dump",
                Stream.of(options)
                        .map(name -> new OptionKey(name, SECRET.contains(name), "help"))
                        .toList(),
                List.of());
    }

    static Adapters all() {
        return Adapters.of(List.of(postgres(), mysql(), sqlite()));
    }

    private static FakeAdapter postgres() {
        return new FakeAdapter(
                "postgres",
                Set.of("postgresql"),
                "database",
                "url",
                "host",
                "port",
                "user",
                "password",
                "database",
                "sslmode",
                "sslrootcert",
                "sslcert",
                "sslkey",
                "connect_timeout",
                "passfile",
                "exclude_table_data");
    }

    private static FakeAdapter mysql() {
        return new FakeAdapter(
                "mysql",
                Set.of("mysql2", "mariadb"),
                "database",
                "url",
                "host",
                "socket",
                "port",
                "user",
                "password",
                "database");
    }

    private static FakeAdapter sqlite() {
        return new FakeAdapter("sqlite", Set.of("sqlite3"), "path", "path");
    }

    @Override
    public AdapterDescription description() {
        return description;
    }

    @Override
    public List<Problem> check(DatabaseSettings settings) {
        if (settings.secret("url").isEmpty() && settings.option(needed).isEmpty()) {
            return List.of(new Problem("", needed, "is missing"));
        }
        return settings.option("port").filter(port -> !port.matches("\\d+")).isPresent()
                ? List.of(new Problem("", "port", "is no number"))
                : List.of();
    }

    @Override
    public DumpPlan planDump(DatabaseSettings settings, AdapterContext context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public RestorePlan planRestore(DatabaseSettings target, RestoreOptions options, AdapterContext context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Inspection planInspection(DatabaseSettings database, AdapterContext context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isEmpty(DatabaseSettings database, AdapterContext context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ScratchPlan planScratch(
            DatabaseSettings live, List<DatabaseSettings> all, String place, AdapterContext context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Secret url(DatabaseSettings database, AdapterContext context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String location(DatabaseSettings settings) {
        return settings.name();
    }
}
