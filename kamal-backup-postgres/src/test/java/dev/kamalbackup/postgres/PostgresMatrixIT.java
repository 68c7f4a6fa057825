package dev.kamalbackup.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.testing.PostgresTestServer;
import dev.kamalbackup.testing.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Dumps of every version of the server that its makers look after, restored into a second server of the same or another. */
class PostgresMatrixIT {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static final Map<String, PostgresTestServer> SERVERS = new TreeMap<>();

    @AfterAll
    static void stopServers() throws Exception {
        List<PostgresTestServer> running = new ArrayList<>(SERVERS.values());
        SERVERS.clear();
        for (PostgresTestServer server : running) {
            server.close();
        }
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({"14,14", "15,15", "16,16", "17,17", "18,18", "14,18", "18,14", "15,17", "17,16"})
    void aDumpGoesIntoASecondServer(int from, int to) throws Exception {
        PostgresTestServer source = server("source", from);
        PostgresTestServer target = server("target", to);
        String name = "from_" + from + "_to_" + to;
        source.create(name, PostgresTestServer.objects());
        // Something to replace: the app as it was, and what only the target has.
        target.create(name, PostgresTestServer.objects());
        target.sql(name, "DROP TABLE line CASCADE; DELETE FROM part; CREATE TABLE only_here (x int)");

        Trial.Counted dump = trial(new PostgresAdapter()).dumpAndCount(source.settings(name));
        trial(new PostgresAdapter()).restore(dump.dump(), target.settings(name));

        assertThat(trial(new PostgresAdapter()).rows(target.settings(name)))
                .isEqualTo(dump.rows().tables())
                .containsEntry("public.part_1", 99L);
        assertThat(trial(new PostgresAdapter()).danglingRows(target.settings(name)))
                .isEqualTo(Map.of("line.parent", 0L));
        if (from == to) {
            assertThat(target.content(name)).isEqualTo(source.content(name));
        } else {
            assertThat(neutral(target.content(name))).isEqualTo(neutral(source.content(name)));
        }
    }

    /** The rights that docs/postgresql.md tells to give. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(ints = {14, 18})
    void aRoleWithTheRightsThatAreDocumentedBacksUp(int version) throws Exception {
        PostgresTestServer source = server("source", version);
        source.create("rights", PostgresTestServer.objects());
        source.sql(
                "rights",
                "CREATE ROLE reader LOGIN BYPASSRLS PASSWORD 'reader-password'; GRANT pg_read_all_data TO reader;"
                        + " GRANT SELECT ON LARGE OBJECT 4711 TO reader");
        PostgresTestServer target = server("target", version);
        target.sql("postgres", "CREATE DATABASE rights");

        Trial.Counted dump =
                trial(new PostgresAdapter()).dumpAndCount(source.settings("rights", "reader", "reader-password"));
        trial(new PostgresAdapter()).restore(dump.dump(), target.settings("rights"));

        source.sql("rights", "REVOKE ALL ON LARGE OBJECT 4711 FROM reader");
        assertThat(target.content("rights")).isEqualTo(source.content("rights"));
    }

    /** Without what versions by themselves tell differently: names of NOT NULLs, of columns in views, rights to public. */
    private static String neutral(String content) {
        return content.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("--"))
                .filter(line -> !line.matches("(REVOKE USAGE|GRANT ALL) ON SCHEMA public (FROM|TO) PUBLIC;"))
                .map(line ->
                        line.replaceAll("CONSTRAINT \\w+_not_null ", "").replace("SELECT part.email", "SELECT email"))
                .collect(Collectors.joining("\n"));
    }

    private static PostgresTestServer server(String role, int major) throws Exception {
        String name = role + "-" + major;
        if (!SERVERS.containsKey(name)) {
            SERVERS.put(name, PostgresTestServer.start(Files.createDirectory(shared.resolve(name)), major));
        }
        return SERVERS.get(name);
    }

    private Trial trial(PostgresAdapter adapter) {
        return new Trial(folder, adapter, PostgresTestServer.clients());
    }
}
