package dev.kamalbackup.mysql;

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
 * Backs up MySQL with {@code mysqldump} and MariaDB with {@code mariadb-dump}, and restores with the client. Stateless and
 * safe for use by several threads.
 */
public final class MysqlAdapter implements DatabaseAdapter {
    /** Longer than a web request or a job's transaction; whoever waits behind the restore waits as long. */
    private static final Duration LOCK_WAIT = Duration.ofSeconds(60);

    private static final String INSTALL =
            "apt-get install mariadb-client; for MySQL servers install MySQL's own client, mysql-client";

    private static final AdapterDescription DESCRIPTION = new AdapterDescription(
            "mysql",
            Set.of("mysql2", "mariadb", "trilogy"),
            "sql",
            List.of(
                    new OptionKey("url", true, "The URL: mysql2://user:password@host:3306/database?ssl_mode=required."),
                    new OptionKey("password", true, "The password, if the URL holds none."),
                    new OptionKey("host", false, "The server's name or address."),
                    new OptionKey("port", false, "The server's port."),
                    new OptionKey("user", false, "The user to connect as."),
                    new OptionKey("database", false, "The database's name."),
                    new OptionKey("socket", false, "The server's Unix socket, in the place of host and port."),
                    new OptionKey(
                            Tls.MODE,
                            false,
                            "How TLS is used: disabled, preferred, required, verify_ca or verify_identity."),
                    new OptionKey("ssl_ca", false, "The file with the certificates of authorities to trust."),
                    new OptionKey("ssl_capath", false, "The folder with the certificates of authorities to trust."),
                    new OptionKey("ssl_cert", false, "The file with the client's certificate."),
                    new OptionKey("ssl_key", false, "The file with the key of the client's certificate."),
                    new OptionKey("ssl_cipher", false, "The ciphers to allow."),
                    new OptionKey(
                            MysqlDump.EXCLUDE_TABLE_DATA,
                            false,
                            "Tables whose rows are left out; a star stands for anything: log_*.")),
            List.of(
                    new Tool("mariadb-dump", List.of("--version"), INSTALL),
                    new Tool("mariadb", List.of("--version"), INSTALL)));

    private final Duration lockWait;

    /** The adapter as {@link java.util.ServiceLoader} makes it. */
    public MysqlAdapter() {
        this(LOCK_WAIT);
    }

    /** An adapter whose restores wait this long for what other sessions have locked. */
    MysqlAdapter(Duration lockWait) {
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
        return new MysqlDump(settings).plan(context);
    }

    @Override
    public DatabaseSettings whole(DatabaseSettings settings) {
        return settings.without(MysqlDump.EXCLUDE_TABLE_DATA);
    }

    @Override
    public RestorePlan planRestore(DatabaseSettings target, RestoreOptions options, AdapterContext context) {
        return new MysqlRestore(target, lockWait).plan(context);
    }

    @Override
    public Inspection planInspection(DatabaseSettings database, AdapterContext context) {
        return new MysqlInspection(database).plan(context);
    }

    @Override
    public boolean isEmpty(DatabaseSettings database, AdapterContext context) {
        return new MysqlInspection(database).isEmpty(context);
    }

    @Override
    public ScratchPlan planScratch(
            DatabaseSettings live, List<DatabaseSettings> all, String place, AdapterContext context) {
        return new MysqlScratch(live, all, place).plan(context);
    }

    @Override
    public Secret url(DatabaseSettings database, AdapterContext context) {
        return MysqlUrl.of(database, context.environment());
    }

    @Override
    public String location(DatabaseSettings settings) {
        return MysqlConnection.of(settings, Map.of()).location();
    }
}
