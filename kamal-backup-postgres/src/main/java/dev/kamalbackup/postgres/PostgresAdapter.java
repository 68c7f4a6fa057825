package dev.kamalbackup.postgres;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.Inspection;
import dev.kamalbackup.plan.RestorePlan;
import dev.kamalbackup.plan.ScratchPlan;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.spi.AdapterContext;
import dev.kamalbackup.spi.AdapterDescription;
import dev.kamalbackup.spi.DatabaseAdapter;
import dev.kamalbackup.spi.OptionKey;
import dev.kamalbackup.spi.RestoreOptions;
import dev.kamalbackup.spi.Tool;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Backs up PostgreSQL with {@code pg_dump} and restores with {@code pg_restore} and {@code psql}, in one transaction: it
 * succeeds as a whole or leaves the target as it was. Stateless and safe for use by several threads.
 */
public final class PostgresAdapter implements DatabaseAdapter {
    /** Longer than a web request or a job's transaction; whoever waits behind the restore waits as long. */
    private static final Duration LOCK_WAIT = Duration.ofSeconds(30);

    private static final String INSTALL = "apt-get install postgresql-client";

    private static final AdapterDescription DESCRIPTION = new AdapterDescription(
            "postgres",
            Set.of("postgresql"),
            "pgdump",
            List.of(
                    new OptionKey("url", true, "The URL: postgres://user:password@host:5432/database?sslmode=require."),
                    new OptionKey("password", true, "The password, if the URL holds none."),
                    new OptionKey("host", false, "The server's name or address, or the folder of its Unix socket."),
                    new OptionKey("port", false, "The server's port."),
                    new OptionKey("user", false, "The role to connect as."),
                    new OptionKey("database", false, "The database's name."),
                    new OptionKey("service", false, "A service of the connection service file (pg_service.conf)."),
                    new OptionKey("passfile", false, "A password file in the place of ~/.pgpass."),
                    new OptionKey(
                            "sslmode",
                            false,
                            "How TLS is used: disable, allow, prefer, require, verify-ca, verify-full."),
                    new OptionKey("sslrootcert", false, "The file with the certificates of authorities to trust."),
                    new OptionKey("sslcert", false, "The file with the client's certificate."),
                    new OptionKey("sslkey", false, "The file with the key of the client's certificate."),
                    new OptionKey("connect_timeout", false, "How many seconds a connection may take."),
                    new OptionKey(
                            PostgresDump.EXCLUDE_TABLE_DATA,
                            false,
                            "Tables whose rows are left out, as patterns of pg_dump: audit.events or public.log_*.")),
            List.of(
                    new Tool("pg_dump", List.of("--version"), INSTALL),
                    new Tool("pg_restore", List.of("--version"), INSTALL),
                    new Tool("psql", List.of("--version"), INSTALL)));

    private final Duration lockWait;

    /** The adapter as {@link java.util.ServiceLoader} makes it. */
    public PostgresAdapter() {
        this(LOCK_WAIT);
    }

    /** An adapter whose restores wait this long for what other sessions have locked. */
    PostgresAdapter(Duration lockWait) {
        this.lockWait = lockWait;
    }

    @Override
    public AdapterDescription description() {
        return DESCRIPTION;
    }

    @Override
    public List<Problem> check(DatabaseSettings settings) {
        return new ConnectionCheck(settings).problems();
    }

    @Override
    public DumpPlan planDump(DatabaseSettings settings, AdapterContext context) {
        return new PostgresDump(settings).plan(context);
    }

    @Override
    public DatabaseSettings whole(DatabaseSettings settings) {
        return settings.without(PostgresDump.EXCLUDE_TABLE_DATA);
    }

    @Override
    public RestorePlan planRestore(DatabaseSettings target, RestoreOptions options, AdapterContext context) {
        return new PostgresRestore(target, options, lockWait).plan(context);
    }

    @Override
    public Inspection planInspection(DatabaseSettings database, AdapterContext context) {
        return new PostgresInspection(database).plan(context);
    }

    @Override
    public boolean isEmpty(DatabaseSettings database, AdapterContext context) {
        return new PostgresInspection(database).isEmpty(context);
    }

    @Override
    public ScratchPlan planScratch(
            DatabaseSettings live, List<DatabaseSettings> all, String place, AdapterContext context) {
        return new PostgresScratch(live, all, place, lockWait).plan(context);
    }

    @Override
    public Secret url(DatabaseSettings database, AdapterContext context) {
        return PostgresUrl.of(database, context.environment());
    }

    @Override
    public String location(DatabaseSettings settings) {
        return PostgresConnection.of(settings, Map.of()).location();
    }
}
