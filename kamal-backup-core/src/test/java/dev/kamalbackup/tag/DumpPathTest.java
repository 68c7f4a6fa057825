package dev.kamalbackup.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DumpPathTest {
    private static final RunId RUN = RunId.parse("20261123T055455Z").orElseThrow();

    @Test
    void todaysLayoutIsNestedAndSafe() {
        assertThat(DumpPath.nested("my shop", "queue db", "mysql", "sql"))
                .hasToString("databases/my-shop/queue-db/mysql.sql");
    }

    @Test
    void theFlatLayoutHasNoSlash() {
        assertThat(DumpPath.flat("my shop", "app", "postgres", RUN, "pgdump").value())
                .isEqualTo("databases-my-shop-app-postgres-20261123T055455Z.pgdump");
    }

    @Test
    void whatIsWrittenIsFound() {
        for (DumpPath path : new DumpPath[] {
            DumpPath.nested("my shop", "a b", "postgres", "pgdump"),
            DumpPath.flat("my shop", "a b", "postgres", RUN, "pgdump")
        }) {
            assertThat(DumpPath.matches("/" + path, "my shop", "a b", "postgres"))
                    .isTrue();
            assertThat(DumpPath.matches(path.value(), "my shop", "a b", "postgres"))
                    .isTrue();
            assertThat(DumpPath.matches(path.value(), "my shop", "a b", "mysql"))
                    .isFalse();
            assertThat(DumpPath.matches(path.value(), "my", "a b", "postgres")).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/databases-fx-pg-postgres-20261123T055455Z.pgdump",
                "/databases-fx-pg-app-postgres-20261123T055503Z.pgdump",
                "/databases/fx-pg/app/postgres.pgdump",
                "/databases/fx-pg/postgres/20260101T000000Z.pgdump"
            })
    void theDumpsOfEveryEraAreFound(String path) {
        assertThat(DumpPath.matches(path, "fx-pg", "app", "postgres")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "/databases/fx/queue/postgres.pgdump, another database",
        "/databases/fx/app/postgresql.pgdump, another adapter",
        "/databases/fx2/app/postgres.pgdump, another app",
        "/databases-fx-queue-postgres-20261123T055503Z.pgdump, another database of era 2",
        "/databases-fx-postgres-mysql-20261123T055503Z.sql, an app or database named like the adapter",
        "/databases-fx-app-postgres-extra-20261123T055503Z.pgdump, a longer name",
        "/databases-fx-app-postgres-.pgdump, no run",
        "/data/storage/postgres.pgdump, a file of the app"
    })
    void aSiblingsDumpIsNotTaken(String path, String whose) {
        assertThat(DumpPath.matches(path, "fx", "app", "postgres")).as(whose).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/databases/x"})
    void aPathThatResticWouldChangeIsRefused(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new DumpPath(value));
    }
}
