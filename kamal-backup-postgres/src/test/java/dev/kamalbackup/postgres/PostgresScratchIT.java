package dev.kamalbackup.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.ScratchPlan;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.testing.PostgresTestServer;
import dev.kamalbackup.testing.Trial;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scratch databases on a real server: made like the live one, thrown away, and never the live one itself. */
class PostgresScratchIT {
    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static PostgresTestServer server;

    @BeforeAll
    static void startServer() throws Exception {
        server = PostgresTestServer.start(shared);
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @Test
    void aScratchDatabaseIsLikeTheLiveOne() throws Exception {
        for (String database : List.of(
                "latin TEMPLATE template0 ENCODING LATIN1 LOCALE 'C'",
                "icu TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'de-u-co-phonebk' LOCALE 'C.UTF-8'",
                "builtin TEMPLATE template0 LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'")) {
            server.sql("postgres", "CREATE DATABASE " + database);
        }
        String look = "SELECT pg_encoding_to_char(encoding), datcollate, datctype, datlocprovider, datlocale"
                + " FROM pg_database WHERE datname = '";

        for (String live : List.of("latin", "icu", "builtin", "postgres")) {
            ScratchPlan plan = scratch(server.settings(live), live + "_drill");
            trial().carryOut(plan.create());
            assertThat(server.sql("postgres", look + live + "_drill'"))
                    .isEqualTo(server.sql("postgres", look + live + "'"));
            // Somebody is still in it.
            Process other = server.session(live + "_drill", "SELECT 1");
            trial().carryOut(plan.drop());
            other.destroyForcibly().waitFor();
            assertThat(server.sql("postgres", look + live + "_drill'")).isEmpty();
        }
    }

    @Test
    void aRoleThatMayCreateNoDatabaseIsToldWhatAnAdministratorMustDo() throws Exception {
        server.create("poor", "CREATE ROLE poor LOGIN PASSWORD 'p'");
        DatabaseSettings live = server.settings("poor", "poor", "p");

        assertThatThrownBy(() -> scratch(live, "poor_drill"))
                .isInstanceOfSatisfying(RestoreException.class, refused -> {
                    assertThat(refused.fault().reason()).contains("this role may not create one");
                    assertThat(refused.hint())
                            .startsWith(
                                    "as an administrator: CREATE DATABASE poor_drill OWNER poor TEMPLATE template0");
                });
        String hint = "";
        try {
            scratch(live, "poor_drill");
        } catch (RestoreException refused) {
            hint = refused.hint().substring("as an administrator: ".length());
        }
        server.sql("postgres", hint);

        ScratchPlan plan = scratch(live, "poor_drill");
        assertThat(plan.create()).isEmpty();
        server.sql("poor_drill", "SET ROLE poor; CREATE TABLE left_behind (x int)");
        trial().carryOut(plan.drop());
        assertThat(trial().rows(plan.database())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    postgres            | the server's own
                    template1           | the server's own
                    shop                | the configured database app
                    queue               | the configured database queue
                    shop_production     | looks like production
                    ShopProduction2     | looks like production
                    shop.LIVE           | looks like production
                    prod                | looks like production
                    ''                  | cannot be the name
                    0123456789012345678901234567890123456789012345678901234567890123 | cannot be the name
                    """)
    void namesThatMustNotBeUsedAreRefusedWhateverTheHostIsCalled(String place, String reason) {
        DatabaseSettings live = database("app", "postgres://u@db.production.internal/shop");
        DatabaseSettings other = database("queue", "postgres://u@another-name-of-the-same-host/queue");

        assertThatThrownBy(
                        () -> new PostgresAdapter().planScratch(live, List.of(live, other), place, trial().context()))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aServiceFileThatMayLeadToTheLiveDatabaseIsRefused() {
        DatabaseSettings live = database("app", "postgres://db/shop?service=main");

        assertThatThrownBy(() -> new PostgresAdapter().planScratch(live, List.of(live), "drill", trial().context()))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining("service");
    }

    private ScratchPlan scratch(DatabaseSettings live, String place) throws Exception {
        return new PostgresAdapter().planScratch(live, List.of(live), place, trial().context());
    }

    private static DatabaseSettings database(String name, String url) {
        return DatabaseSettings.of(name, "postgres").with("url", new Secret(url));
    }

    private Trial trial() {
        return new Trial(folder, new PostgresAdapter(), PostgresTestServer.clients());
    }
}
