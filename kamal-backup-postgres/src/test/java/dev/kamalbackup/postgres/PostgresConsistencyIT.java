package dev.kamalbackup.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.testing.LocalServer;
import dev.kamalbackup.testing.PostgresTestServer;
import dev.kamalbackup.testing.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dump of 50 tables of 100,000 rows is one moment, although somebody writes to all of them meanwhile. */
class PostgresConsistencyIT {
    private static final String TABLES = """
            DO $$ BEGIN FOR t IN 1..50 LOOP
              EXECUTE format('CREATE TABLE account_%s (id int PRIMARY KEY, balance bigint NOT NULL)', t);
              EXECUTE format('INSERT INTO account_%s SELECT i, 1000 FROM generate_series(1, 100000) i', t);
            END LOOP; END $$;
            CREATE TABLE transfer (id bigserial PRIMARY KEY);
            CREATE TABLE entry (transfer_id bigint NOT NULL REFERENCES transfer, amount int NOT NULL);
            """;

    /** Moves money from one table into another for ever, each time with two entries, in one transaction. */
    private static final String WRITER = """
            DO $$ DECLARE n int := 0; made bigint; BEGIN LOOP
              n := n + 1;
              EXECUTE format('UPDATE account_%s SET balance = balance - 7 WHERE id = %s', n % 50 + 1, n % 100000 + 1);
              EXECUTE format('UPDATE account_%s SET balance = balance + 7 WHERE id = %s', (n + 23) % 50 + 1, n % 100000 + 1);
              INSERT INTO transfer DEFAULT VALUES RETURNING id INTO made;
              INSERT INTO entry VALUES (made, -7), (made, 7);
              COMMIT;
            END LOOP; END $$""";

    private static final String TOTAL = """
            SELECT sum((xpath('/row/s/text()', query_to_xml(
              format('SELECT sum(balance) AS s FROM account_%s', t), false, true, '')))[1]::text::numeric)
            FROM generate_series(1, 50) t""";

    @TempDir
    private Path folder;

    @Test
    void theRestoredCopyIsOneMoment() throws Exception {
        try (PostgresTestServer source = PostgresTestServer.start(Files.createDirectory(folder.resolve("source")));
                PostgresTestServer target = PostgresTestServer.start(Files.createDirectory(folder.resolve("target")))) {
            source.create("bank", TABLES);
            target.sql("postgres", "CREATE DATABASE bank");
            Process writer = source.running("bank", WRITER);
            Trial.Counted dump;
            long before;
            try {
                LocalServer.await("the writer", () -> count(source) > 100);
                before = count(source);
                dump = trial().dumpAndCount(source.settings("bank"));
                assertThat(count(source)).as("transfers made during the dump").isGreaterThan(before + 100);
            } finally {
                writer.destroyForcibly().waitFor();
            }

            trial().restore(dump.dump(), target.settings("bank"));

            assertThat(target.sql("bank", TOTAL)).isEqualTo("5000000000");
            assertThat(target.sql(
                            "bank", "SELECT sum(amount), count(*) = 2 * (SELECT count(*) FROM transfer) FROM entry"))
                    .isEqualTo("0|t");
            assertThat(count(target)).isBetween(before, count(source));
            assertThat(dump.rows().exact()).isTrue();
            assertThat(dump.rows().tables())
                    .as("counted while rows came")
                    .hasSize(52)
                    .isEqualTo(trial().rows(target.settings("bank")));
            assertThat(target.sql("bank", "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated"))
                    .as("foreign keys, which hold")
                    .isEqualTo("1");
        }
    }

    private static long count(PostgresTestServer server) throws Exception {
        return Long.parseLong(server.sql("bank", "SELECT count(*) FROM transfer"));
    }

    private Trial trial() {
        return new Trial(folder, new PostgresAdapter(), PostgresTestServer.clients());
    }
}
