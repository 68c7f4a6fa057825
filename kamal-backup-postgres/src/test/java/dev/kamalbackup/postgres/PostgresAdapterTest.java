package dev.kamalbackup.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.DumpException;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.DumpSource;
import dev.kamalbackup.plan.LeadingLines;
import dev.kamalbackup.plan.LoadStep;
import dev.kamalbackup.plan.RestorePlan;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.spi.DatabaseAdapter;
import dev.kamalbackup.spi.RestoreOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresAdapterTest {
    private static final String[] ALL = {"pg_dump", "pg_restore", "psql"};
    private static final DatabaseSettings SHOP =
            DatabaseSettings.of("app", "postgres").with("url", new Secret("postgres://u:canary@db/shop"));

    @TempDir
    private Path root;

    private final PostgresAdapter adapter = new PostgresAdapter();

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(DatabaseAdapter.class)).anyMatch(PostgresAdapter.class::isInstance);
    }

    @Test
    void dumpsUncompressedWithOwnersAndPrivileges() throws Exception {
        Command dumper = dumper(adapter.planDump(SHOP, new FakeContext(root).installed(15, ALL)));

        assertThat(dumper.arguments()).containsExactly("--format=custom", "--compress=0", "--no-password");
        assertThat(dumper.environment().names())
                .containsExactlyInAnyOrder(
                        "PATH", "LC_ALL", "PGAPPNAME", "PGDATABASE", "PGHOST", "PGUSER", "PGPASSWORD");
    }

    @Test
    void leavesOutTheRowsOfTablesThatAreNamed() throws Exception {
        DatabaseSettings settings = SHOP.with("exclude_table_data", "audit.events\n public.log_* ");

        assertThat(dumper(adapter.planDump(settings, new FakeContext(root).installed(15, ALL)))
                        .arguments())
                .endsWith("--exclude-table-data=audit.events", "--exclude-table-data=public.log_*");
    }

    @Test
    void whatASafetyBackupIsMadeWithLeavesNoRowsOut() throws Exception {
        DatabaseSettings whole = adapter.whole(SHOP.with("exclude_table_data", "audit.events"));

        assertThat(dumper(adapter.planDump(whole, new FakeContext(root).installed(15, ALL)))
                        .arguments())
                .noneMatch(argument -> argument.startsWith("--exclude-table-data"));
        assertThat(whole).isEqualTo(SHOP);
    }

    @ParameterizedTest
    @CsvSource({"150018, 16", "160002, 16", "170000, 18", "180001, 18"})
    void dumpsWithTheLowestClientThatIsNotOlderThanTheServer(String server, String client) throws Exception {
        FakeContext context = new FakeContext(root)
                .installed(14, ALL)
                .installed(16, ALL)
                .installed(18, ALL)
                .serverAnswers(0, server + "\n", "");

        assertThat(dumper(adapter.planDump(SHOP, context)).program())
                .isEqualTo(root.resolve(client).resolve("bin/pg_dump").toString());
    }

    @Test
    void asksTheServerWithTheNewestClientOrTheOneThatIsNamed() throws Exception {
        FakeContext context = new FakeContext(root).installed(15, ALL).installed(18, ALL);
        adapter.planDump(SHOP, context);
        assertThat(context.asked.get(0).program())
                .isEqualTo(root.resolve("18/bin/psql").toString());

        FakeContext named =
                new FakeContext(root).installed(15, ALL).with("KAMAL_BACKUP_POSTGRES_PROBE_BIN", "/opt/psql");
        adapter.planDump(SHOP, named);
        assertThat(named.asked).extracting(Command::program).containsExactly("/opt/psql", "/opt/psql");
        assertThat(named.asked.get(0).line())
                .containsExactly(
                        "/opt/psql",
                        "--no-psqlrc",
                        "--no-password",
                        "--tuples-only",
                        "--no-align",
                        "--command",
                        "SHOW server_version_num");
    }

    @Test
    void takesTheClientOnThePathWhenTheFoldersHaveNone() {
        FakeContext context = new FakeContext(root)
                .onPath("pg_dump", "pg_dump (PostgreSQL) 16.4 (Debian 16.4-1)")
                .onPath("psql", "psql (PostgreSQL) 16.4");

        assertThat(dumper(adapter.planDump(SHOP, context)).program()).isEqualTo("pg_dump");
    }

    @Test
    void takesTheClientOnThePathWhenThoseInTheFoldersAreTooOld() throws Exception {
        FakeContext context = new FakeContext(root)
                .installed(15, ALL)
                .onPath("pg_dump", "pg_dump (PostgreSQL) 18beta1")
                .serverAnswers(0, "170001", "");

        assertThat(dumper(adapter.planDump(SHOP, context)).program()).isEqualTo("pg_dump");
    }

    @Test
    void refusesToDumpWithAnOlderClientAndNamesThoseAtHand() throws Exception {
        FakeContext context = new FakeContext(root)
                .installed(14, ALL)
                .installed(15, ALL)
                .onPath("pg_dump", "pg_dump (PostgreSQL) 16.4")
                .serverAnswers(0, "170001", "");

        assertThatThrownBy(() -> adapter.planDump(SHOP, context))
                .isInstanceOfSatisfying(DumpException.class, refused -> {
                    assertThat(refused.fault().subject()).isEqualTo("db:5432/shop");
                    assertThat(refused.fault().reason())
                            .contains("the server is PostgreSQL 17")
                            .contains("14 in " + root, "15 in " + root, "16 on the PATH");
                    assertThat(refused.hint())
                            .contains("apt-get install postgresql-client-17")
                            .contains("KAMAL_BACKUP_POSTGRES_CLIENT_ROOT");
                });
    }

    @Test
    void saysHowToGetClientsWhenThereAreNone() {
        assertThatThrownBy(() -> adapter.planDump(SHOP, new FakeContext(root)))
                .isInstanceOfSatisfying(
                        DumpException.class,
                        missing -> assertThat(missing.hint()).contains("apt-get install postgresql-client"));
        assertThatThrownBy(() -> adapter.planRestore(SHOP, RestoreOptions.none(), new FakeContext(root)))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("psql: neither in " + root + "/VERSION/bin nor on the PATH");
        assertThatThrownBy(() -> adapter.planDump(
                        SHOP, new FakeContext(root).with("KAMAL_BACKUP_POSTGRES_PROBE_BIN", "/opt/psql")))
                .hasMessageContaining("there is none in " + root + " or on the PATH");
    }

    @Test
    void aFolderThatIsNotThereIsLikeAnEmptyOne() {
        FakeContext context = new FakeContext(root.resolve("nowhere"))
                .onPath("psql", "psql (PostgreSQL) 15.1")
                .onPath("pg_dump", "pg_dump (PostgreSQL) 15.1");

        assertThat(dumper(adapter.planDump(SHOP, context)).program()).isEqualTo("pg_dump");
    }

    @Test
    void aProgramThatDoesNotTellItsVersionIsNotTaken() {
        FakeContext context = new FakeContext(root).onPath("psql", "something else");

        assertThatThrownBy(() -> adapter.planDump(SHOP, context)).hasMessageContaining("nor on the PATH");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    FATAL:  password authentication failed for user "u"        | the password or the user is wrong
                    fe_sendauth: no password supplied                          | give the password
                    could not translate host name "db" to address              | the host's name is not known here
                    connection to server failed: Connection refused            | nothing listens there
                    FATAL:  database "shop" does not exist                     | create what is missing
                    FATAL:  no pg_hba.conf entry for host "10.0.0.1"           | pg_hba.conf
                    server does not support SSL, but SSL was required          | the server has no TLS
                    SSL error: certificate verify failed                       | sslrootcert
                    timeout expired                                            | the server does not answer
                    definition of service "main" not found                     | PGSERVICEFILE
                    something nobody thought of                                | check host, port, user, password and database
                    """)
    void aServerThatCannotBeReachedIsToldInItsOwnWordsWithAdvice(String said, String advice) throws Exception {
        FakeContext context = new FakeContext(root).installed(15, ALL).serverAnswers(2, "", "psql: error: " + said);

        for (org.assertj.core.api.ThrowableAssert.ThrowingCallable plan :
                List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                        () -> adapter.planDump(SHOP, context),
                        () -> adapter.planRestore(SHOP, RestoreOptions.none(), context))) {
            assertThatThrownBy(plan).isInstanceOfSatisfying(KamalBackupException.class, failed -> {
                assertThat(failed.fault().reason()).contains(said);
                assertThat(failed.hint()).contains(advice);
            });
        }
    }

    @Test
    void aServerThatIsNotPostgresqlIsRefused() throws Exception {
        FakeContext context = new FakeContext(root).installed(15, ALL).serverAnswers(0, "v22.2\n", "");

        assertThatThrownBy(() -> adapter.planDump(SHOP, context)).hasMessageContaining("answered \"v22.2\"");
    }

    @Test
    void aDatabaseWithoutANameIsRefusedSinceLibpqWouldTakeTheUsers() throws Exception {
        DatabaseSettings nameless = DatabaseSettings.of("app", "postgres");

        assertThatThrownBy(() -> adapter.planDump(nameless, new FakeContext(root)))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("no database is named");
        assertThatThrownBy(() -> adapter.planRestore(nameless, RestoreOptions.none(), new FakeContext(root)))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("no database is named");
        FakeContext context = new FakeContext(root).installed(15, ALL).with("PGDATABASE", "shop");
        assertThat(adapter.planDump(nameless, context).location()).isEqualTo("localhost:5432/shop");
    }

    @Test
    void restoresWithTheNewestClientWhateverTheServerIs() throws Exception {
        FakeContext context = new FakeContext(root).installed(15, ALL).installed(17, "pg_dump", "psql");
        assertThat(chain(adapter.planRestore(SHOP, RestoreOptions.none(), context))
                        .programs())
                .extracting(Command::program)
                .containsExactly(
                        root.resolve("15/bin/pg_restore").toString(),
                        root.resolve("15/bin/psql").toString());

        assertThat(chain(adapter.planRestore(SHOP, RestoreOptions.none(), context.installed(17, ALL)))
                        .programs())
                .extracting(Command::program)
                .containsExactly(
                        root.resolve("17/bin/pg_restore").toString(),
                        root.resolve("17/bin/psql").toString());
    }

    @Test
    void loadsInOneTransactionThatPgRestoreItselfEnds() throws Exception {
        RestorePlan plan = adapter.planRestore(SHOP, RestoreOptions.none(), new FakeContext(root).installed(15, ALL));

        List<Command> programs = chain(plan).programs();
        assertThat(plan.load()).hasSize(1);
        assertThat(programs.get(0).arguments())
                .containsExactly("--single-transaction", "--no-owner", "--no-privileges", "--file=-");
        assertThat(programs.get(0).environment().names()).doesNotContain("PGPASSWORD");
        assertThat(programs.get(1).arguments())
                .startsWith("--no-psqlrc", "--no-password", "--quiet", "--set", "ON_ERROR_STOP=1", "--command")
                .endsWith("--file=-")
                .doesNotContain("--single-transaction");
        assertThat(programs.get(1).arguments().get(6)).startsWith("BEGIN;").contains("lock_timeout = '30000ms'");
    }

    @Test
    void settingsAreLeftOutOnlyForServersThatDoNotKnowThem() throws Exception {
        FakeContext context = new FakeContext(root).installed(18, ALL);

        assertThat(chain(adapter.planRestore(SHOP, RestoreOptions.none(), context.serverAnswers(0, "160001", "")))
                        .leaveOut())
                .isEqualTo(new LeadingLines(Set.of("SET transaction_timeout = 0;"), "SET row_security = off;", 40));
        assertThat(chain(adapter.planRestore(SHOP, RestoreOptions.none(), context.serverAnswers(0, "170001", "")))
                        .leaveOut())
                .isEqualTo(LeadingLines.none());
    }

    private static Command dumper(DumpPlan plan) {
        return ((DumpSource.Programs) plan.source()).commands().get(0);
    }

    private static LoadStep.Chain chain(RestorePlan plan) {
        return (LoadStep.Chain) plan.load().get(0);
    }
}
