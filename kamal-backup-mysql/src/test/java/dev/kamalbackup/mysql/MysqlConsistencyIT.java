package dev.kamalbackup.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.testing.LocalServer;
import dev.kamalbackup.testing.MysqlTestServer;
import dev.kamalbackup.testing.Trial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dump of 50 tables of 100,000 rows is one moment, although somebody writes to all of them meanwhile. */
class MysqlConsistencyIT {
    /** Moves money from one table into another for ever, each time with two entries, in one transaction. */
    private static final String WRITER = """
            CREATE PROCEDURE transfers() BEGIN
              DECLARE n int DEFAULT 0;
              LOOP
                SET n = n + 1;
                START TRANSACTION;
                EXECUTE IMMEDIATE CONCAT('UPDATE account_', n % 50 + 1, ' SET balance = balance - 7 WHERE id = ', n % 100000 + 1);
                EXECUTE IMMEDIATE CONCAT('UPDATE account_', (n + 23) % 50 + 1, ' SET balance = balance + 7 WHERE id = ', n % 100000 + 1);
                INSERT INTO transfer VALUES ();
                INSERT INTO entry VALUES (LAST_INSERT_ID(), -7), (LAST_INSERT_ID(), 7);
                COMMIT;
              END LOOP;
            END""";

    @TempDir
    private Path folder;

    @Test
    void theRestoredCopyIsOneMoment() throws Exception {
        try (MysqlTestServer source = MysqlTestServer.start(Files.createDirectory(folder.resolve("source")));
                MysqlTestServer target = MysqlTestServer.start(Files.createDirectory(folder.resolve("target")))) {
            source.create(
                    "bank",
                    "CREATE TABLE transfer (id bigint AUTO_INCREMENT PRIMARY KEY);"
                            + " CREATE TABLE entry (transfer_id bigint NOT NULL, amount int NOT NULL,"
                            + " FOREIGN KEY (transfer_id) REFERENCES transfer (id));"
                            + tables(
                                    "CREATE TABLE account_%1$d (id int PRIMARY KEY, balance bigint NOT NULL);"
                                            + " INSERT INTO account_%1$d SELECT seq, 1000 FROM seq_1_to_100000",
                                    "; "));
            source.sql("bank", "DELIMITER //\n" + WRITER + " //\n");
            target.sql("", "CREATE DATABASE bank");
            Process writer = source.session("bank", "CALL transfers()");
            Path dump;
            long before;
            try {
                LocalServer.await("the writer", () -> count(source) > 100);
                before = count(source);
                dump = trial(source).dump(source.settings("bank"));
                assertThat(count(source)).as("transfers made during the dump").isGreaterThan(before + 100);
            } finally {
                writer.destroyForcibly().waitFor();
            }

            trial(target).restore(dump, target.settings("bank"));

            assertThat(target.sql(
                            "bank",
                            "SELECT SUM(total) FROM ("
                                    + tables("SELECT SUM(balance) AS total FROM account_%1$d", " UNION ALL ")
                                    + ") AS all_of_them"))
                    .isEqualTo("5000000000");
            assertThat(target.sql(
                            "bank", "SELECT SUM(amount), COUNT(*) = 2 * (SELECT COUNT(*) FROM transfer) FROM entry"))
                    .isEqualTo("0\t1");
            assertThat(target.sql(
                            "bank",
                            "SELECT COUNT(*) FROM entry LEFT JOIN transfer ON id = transfer_id WHERE id IS NULL"))
                    .as("entries without their transfer")
                    .isEqualTo("0");
            assertThat(count(target)).isBetween(before, count(source));
        }
    }

    private static String tables(String each, String between) {
        return IntStream.rangeClosed(1, 50).mapToObj(each::formatted).collect(Collectors.joining(between));
    }

    private static long count(MysqlTestServer server) throws Exception {
        return Long.parseLong(server.sql("bank", "SELECT COUNT(*) FROM transfer"));
    }

    private Trial trial(MysqlTestServer server) {
        return new Trial(folder, new MysqlAdapter(), server.kind.environment());
    }
}
