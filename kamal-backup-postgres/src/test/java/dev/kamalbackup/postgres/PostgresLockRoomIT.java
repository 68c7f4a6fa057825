package dev.kamalbackup.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.testing.PostgresTestServer;
import dev.kamalbackup.testing.Trial;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Databases with more objects than the server can lock in one transaction, on the oldest and the newest server. */
class PostgresLockRoomIT {
    /** Each with two indexes, a sequence, a TOAST table and its index, and a foreign key. */
    private static final String TABLES = """
            DO $$ BEGIN
              FOR i IN %d..%d LOOP
                EXECUTE format('CREATE TABLE t%%s (id bigserial PRIMARY KEY, name text NOT NULL UNIQUE,'
                  || ' other bigint REFERENCES t%%s (id))', i, CASE i WHEN 1 THEN 1 ELSE i - 1 END);
                COMMIT;
              END LOOP;
            END $$""";

    private static final Pattern SAID = Pattern.compile(
            "takes about (\\d+) locks .* has room for (\\d+): set max_locks_per_transaction = (\\d+) \\(it is 64\\)");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void moreThanTheServerCanLockIsRefusedBeforehandAndNotLess(int version) throws Exception {
        try (PostgresTestServer server = PostgresTestServer.start(folder, version)) {
            server.create("many", TABLES.formatted(1, 380));
            Trial trial = new Trial(folder, new PostgresAdapter(), PostgresTestServer.clients());
            // More than the settings promise, and it fits.
            trial.restore(trial.dump(server.settings("many")), server.settings("many"));

            server.sql("many", TABLES.formatted(381, 500));
            Path dump = trial.dump(server.settings("many"));
            String before = server.content("many");
            List<String> said = new ArrayList<>();
            assertThatThrownBy(() -> trial.restore(dump, server.settings("many")))
                    .isInstanceOf(RestoreException.class)
                    .satisfies(refused -> {
                        Matcher parts = SAID.matcher(String.valueOf(refused.getMessage()));
                        assertThat(parts.find()).as(refused.getMessage()).isTrue();
                        said.add(parts.group(3));
                    });
            assertThat(server.content("many")).isEqualTo(before);

            server.sql("postgres", "ALTER SYSTEM SET max_locks_per_transaction = " + said.get(0));
            server.restart();
            trial.restore(dump, server.settings("many"));
            assertThat(server.content("many")).isEqualTo(before);
        }
    }
}
