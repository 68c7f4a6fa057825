package dev.kamalbackup.mysql;

import static dev.kamalbackup.mysql.FakeContext.MARIADB_10_11;
import static dev.kamalbackup.mysql.FakeContext.MYSQL_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.DumpException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MysqlAdapterTest {
    private static final DatabaseSettings SHOP =
            DatabaseSettings.of("app", "mysql").with("url", new Secret("mysql2://u:canary@db/shop"));
    private static final String MARIADB_SERVER = "10.11.19-MariaDB-0+deb12u1 Debian 12\n";
    private static final String MYSQL_SERVER = "8.0.33 MySQL Community Server - GPL\n";

    @TempDir
    private Path folder;

    private final MysqlAdapter adapter = new MysqlAdapter();

    @Test
    void isFoundByTheServiceLoader() {
        assertThat(ServiceLoader.load(DatabaseAdapter.class)).anyMatch(MysqlAdapter.class::isInstance);
    }

    @Test
    void dumpsMariaDbWithItsOwnTool() throws Exception {
        Command dumper = dumper(adapter.planDump(SHOP, mariaDb()));

        assertThat(dumper.line())
                .containsExactly(
                        folder.resolve("mariadb-dump").toString(),
                        "--no-defaults",
                        "--host=db",
                        "--user=u",
                        "--default-character-set=utf8mb4",
                        "--single-transaction",
                        "--quick",
                        "--triggers",
                        "--no-tablespaces",
                        "--hex-blob",
                        "--max-allowed-packet=1G",
                        "--comments",
                        "--skip-dump-date",
                        "--routines",
                        "--events",
                        "shop");
        assertThat(dumper.environment().names()).containsExactlyInAnyOrder("PATH", "LC_ALL", "MYSQL_PWD");
    }

    @Test
    void refusesWhatTheDumperWouldLeaveOutWithoutAWord() throws Exception {
        FakeContext context = mariaDb().unreadable("ERROR 1142 (42000): SELECT command denied for table orders");

        assertThatThrownBy(() -> adapter.planDump(SHOP, context))
                .isInstanceOfSatisfying(DumpException.class, refused -> {
                    assertThat(refused.fault().reason()).contains("SELECT command denied for table orders");
                    assertThat(refused.hint()).contains("GRANT SELECT ON `shop`.*");
                });
    }

    @Test
    void dumpsMysqlWithItsOwnToolAndWhatOnlyThatKnows() throws Exception {
        FakeContext context = mariaDb().installed(MYSQL_8, "mysql", "mysqldump").server("mariadb", 0, MYSQL_SERVER, "");

        Command dumper = dumper(adapter.planDump(SHOP, context));

        assertThat(dumper.program()).isEqualTo(folder.resolve("mysqldump").toString());
        assertThat(dumper.arguments())
                .startsWith("--no-defaults")
                .contains("--column-statistics=0", "--set-gtid-purged=OFF")
                .endsWith("--routines", "--events", "shop");
    }

    @Test
    void dumpsMariaDbWithMysqlsToolIfThereIsNoOther() throws Exception {
        FakeContext context =
                new FakeContext(folder).installed(MYSQL_8, "mysql", "mysqldump").server("mysql", 0, MARIADB_SERVER, "");

        assertThat(dumper(adapter.planDump(SHOP, context)).arguments()).contains("--column-statistics=0");
    }

    @Test
    void neverDumpsMysqlWithMariaDbsToolWhateverItIsCalled() throws Exception {
        FakeContext context = mariaDb().link("mysqldump", "mariadb-dump").server("mariadb", 0, MYSQL_SERVER, "");

        assertThatThrownBy(() -> adapter.planDump(SHOP, context))
                .isInstanceOfSatisfying(DumpException.class, refused -> {
                    assertThat(refused.fault().subject()).isEqualTo("db:3306/shop");
                    assertThat(refused.fault().reason())
                            .contains("the server is MySQL (8.0.33")
                            .contains("generated column");
                    assertThat(refused.hint()).contains("MYSQL_DUMP_BIN");
                });
        assertThatThrownBy(() -> adapter.planDump(
                        SHOP,
                        context.with(
                                "MYSQL_DUMP_BIN", folder.resolve("mysqldump").toString())))
                .hasMessageContaining("generated column");
    }

    @Test
    void takesTheProgramsThatAreNamed() throws Exception {
        FakeContext context = mariaDb()
                .installed(MARIADB_10_11, "my-dump", "my-client")
                .server("my-client", 0, MARIADB_SERVER, "")
                .with("MYSQL_DUMP_BIN", "my-dump")
                .with("MYSQL_CLIENT_BIN", folder.resolve("my-client").toString());

        assertThat(dumper(adapter.planDump(SHOP, context)).name()).isEqualTo("my-dump");
        assertThat(context.asked).extracting(Command::name).doesNotContain("mariadb", "mariadb-dump");
    }

    @Test
    void aProgramThatIsNamedAndMissingIsToldByTheVariable() throws Exception {
        assertThatThrownBy(() -> adapter.planDump(SHOP, mariaDb().with("MYSQL_DUMP_BIN", "/opt/dump")))
                .hasMessageContaining("MYSQL_DUMP_BIN names /opt/dump, which is not there");
    }

    @Test
    void saysHowToGetProgramsWhenThereAreNone() {
        assertThatThrownBy(() -> adapter.planDump(SHOP, new FakeContext(folder)))
                .isInstanceOfSatisfying(DumpException.class, missing -> {
                    assertThat(missing.fault().reason()).contains("mariadb or mysql");
                    assertThat(missing.hint()).contains("apt-get install mariadb-client");
                });
        assertThatThrownBy(() -> adapter.planDump(
                        SHOP,
                        new FakeContext(folder)
                                .installed(MARIADB_10_11, "mariadb")
                                .server("mariadb", 0, MARIADB_SERVER, "")))
                .hasMessageContaining("mariadb-dump or mysqldump");
    }

    @Test
    void triesTheOtherClientWhenTheFirstCannotLogInToThisKindOfServer() throws Exception {
        FakeContext context = mariaDb()
                .installed(MYSQL_8, "mysql", "mysqldump")
                .server("mariadb", 1, "", "ERROR 2059 (HY000): Authentication plugin cannot be loaded")
                .server("mysql", 0, MYSQL_SERVER, "");

        assertThat(dumper(adapter.planDump(SHOP, context)).name()).isEqualTo("mysqldump");
        assertThat(loading(adapter.planRestore(SHOP, RestoreOptions.none(), context))
                        .programs())
                .extracting(Command::name)
                .endsWith("mysql");
    }

    @Test
    void aWrongPasswordIsTriedOnce() throws Exception {
        FakeContext context = mariaDb()
                .installed(MYSQL_8, "mysql", "mysqldump")
                .server("mariadb", 1, "", "ERROR 1045 (28000): Access denied for user 'u'@'h' (using password: YES)");

        assertThatThrownBy(() -> adapter.planDump(SHOP, context))
                .isInstanceOfSatisfying(DumpException.class, denied -> {
                    assertThat(denied.fault().reason()).contains("Access denied for user 'u'");
                    assertThat(denied.hint()).contains("the password or the user is wrong");
                });
        assertThat(context.asked)
                .extracting(command -> String.join(" ", command.arguments()))
                .filteredOn(line -> line.contains("SELECT"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ERROR 1044 (42000): Access denied for user           | grant it on the server
                    ERROR 1049 (42000): Unknown database 'shop'          | create it on the server
                    ERROR 2002 (HY000): Can't connect to server          | nothing listens there
                    ERROR 2003 (HY000): Can't connect to MySQL server    | nothing listens there
                    ERROR 2005 (HY000): Unknown server host              | the host's name is not known here
                    ERROR 2026 (HY000): TLS/SSL error                    | see ssl_mode
                    ERROR 2059 (HY000): Authentication plugin            | the server's own kind of client
                    something nobody thought of                          | check host, port, user, password and database
                    """)
    void aServerThatCannotBeReachedIsToldInItsOwnWordsWithAdvice(String said, String advice) throws Exception {
        FakeContext context = mariaDb().server("mariadb", 1, "", said);

        assertThatThrownBy(() -> adapter.planRestore(SHOP, RestoreOptions.none(), context))
                .isInstanceOfSatisfying(RestoreException.class, failed -> {
                    assertThat(failed.fault().reason()).contains("mariadb says: " + said);
                    assertThat(failed.hint()).contains(advice);
                });
    }

    @Test
    void refusesADumpThatWouldLackWhatTheUserIsNotShown() throws Exception {
        assertThatThrownBy(() -> adapter.planDump(SHOP, mariaDb().grants("GRANT SELECT ON `shop`.* TO `u`@`%`")))
                .isInstanceOfSatisfying(DumpException.class, refused -> {
                    assertThat(refused.fault().reason()).contains("lacks TRIGGER, EXECUTE");
                    assertThat(refused.hint()).contains("GRANT TRIGGER, EXECUTE ON `shop`.*");
                });
        assertThatThrownBy(() -> adapter.planDump(SHOP, mariaDb().grants(""))).hasMessageContaining("SHOW GRANTS");
    }

    @Test
    void aDatabaseWithoutANameIsRefused() throws Exception {
        DatabaseSettings nameless = DatabaseSettings.of("app", "mysql");

        assertThatThrownBy(() -> adapter.planDump(nameless, mariaDb()))
                .isInstanceOf(DumpException.class)
                .hasMessageContaining("no database is named");
        assertThatThrownBy(() -> adapter.planRestore(nameless, RestoreOptions.none(), mariaDb()))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("no database is named");
    }

    @Test
    void dropsEverythingAndThenLoadsTheProvenDump() throws Exception {
        RestorePlan plan = adapter.planRestore(SHOP, RestoreOptions.none(), mariaDb());

        assertThat(plan.load())
                .hasSize(2)
                .extracting(LoadStep::name)
                .containsExactly("drop what is in the target", "load the dump");
        assertThat(loading(plan).input()).isEqualTo(plan.dump());
        assertThat(loading(plan).programs())
                .singleElement()
                .satisfies(client -> assertThat(client.arguments())
                        .startsWith("--no-defaults")
                        .contains("--binary-mode", "--default-character-set=utf8mb4")
                        .endsWith("shop"));
    }

    @Test
    void rowsAreLeftOutAsEachKindOfDumperCan() throws Exception {
        DatabaseSettings thin = SHOP.with("exclude_table_data", "ord*\nother");
        assertThat(dumper(adapter.planDump(thin, mariaDb())).arguments()).contains("--ignore-table-data=shop.orders");

        FakeContext mysql = mariaDb().installed(MYSQL_8, "mysql", "mysqldump").server("mariadb", 0, MYSQL_SERVER, "");
        assertThat(((DumpSource.Programs) adapter.planDump(thin, mysql).source()).commands())
                .satisfiesExactly(
                        definitions ->
                                assertThat(definitions.arguments()).endsWith("--no-data", "--", "shop", "orders"),
                        rows -> assertThat(rows.arguments()).contains("--ignore-table=shop.orders", "--routines"));
    }

    @Test
    void whatASafetyBackupIsMadeWithLeavesNoRowsOut() throws Exception {
        DatabaseSettings whole = adapter.whole(SHOP.with("exclude_table_data", "ord*"));

        assertThat(dumper(adapter.planDump(whole, mariaDb())).arguments())
                .noneMatch(argument -> argument.startsWith("--ignore-table"));
        assertThat(whole).isEqualTo(SHOP);
    }

    @Test
    void aUserWhoMayNotReplaceTheTargetIsToldBeforeAnythingIsTouched() throws Exception {
        assertThatThrownBy(() -> adapter.planRestore(
                        SHOP, RestoreOptions.none(), mariaDb().grants("GRANT SELECT, INSERT ON `shop`.* TO `u`@`%`")))
                .isInstanceOfSatisfying(RestoreException.class, refused -> {
                    assertThat(refused.fault().reason()).contains("lacks CREATE, DROP, ALTER, LOCK TABLES, EVENT;");
                    assertThat(refused.hint()).contains("ON `shop`.* TO `u`@`%`");
                });
        FakeContext withRoutine = mariaDb()
                .grants("GRANT CREATE, DROP, ALTER, INSERT, LOCK TABLES, EVENT ON `shop`.* TO `u`@`%`")
                .routines("greet\n");
        assertThatThrownBy(() -> adapter.planRestore(SHOP, RestoreOptions.none(), withRoutine))
                .hasMessageContaining("lacks SELECT, ALTER ROUTINE;");
    }

    @Test
    void theSandboxLineIsLeftOutForClientsThatDoNotKnowIt() throws Exception {
        RestorePlan plan =
                adapter.planRestore(SHOP, RestoreOptions.none(), mariaDb().withoutSandbox());

        assertThat(loading(plan).programs()).extracting(Command::name).containsExactly("mariadb");
        assertThat(loading(plan).leaveOut().leaveOut()).containsExactly("/*M!999999\\- enable the sandbox mode */");
        assertThat(loading(plan).leaveOut().most()).isEqualTo(1);
        assertThat(loading(adapter.planRestore(SHOP, RestoreOptions.none(), mariaDb()))
                        .leaveOut())
                .isEqualTo(LeadingLines.none());
    }

    @Test
    void loadsWithTheServersOwnKindOfClient() throws Exception {
        FakeContext context = mariaDb().installed(MYSQL_8, "mysql").server("mariadb", 0, MYSQL_SERVER, "");

        assertThat(loading(adapter.planRestore(SHOP, RestoreOptions.none(), context))
                        .programs())
                .extracting(Command::name)
                .containsExactly("mysql");
    }

    private FakeContext mariaDb() throws Exception {
        return new FakeContext(folder)
                .installed(MARIADB_10_11, "mariadb", "mariadb-dump")
                .server("mariadb", 0, MARIADB_SERVER, "");
    }

    private static Command dumper(DumpPlan plan) {
        return ((DumpSource.Programs) plan.source()).commands().get(0);
    }

    private static LoadStep.Chain loading(RestorePlan plan) {
        List<LoadStep> steps = plan.load();
        return (LoadStep.Chain) steps.get(steps.size() - 1);
    }
}
