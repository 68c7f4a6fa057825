package dev.kamalbackup.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.Inspection;
import dev.kamalbackup.plan.RestorePlan;
import dev.kamalbackup.plan.ScratchPlan;
import dev.kamalbackup.redact.Secret;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdaptersTest {
    private static final DatabaseAdapter POSTGRES = new Named("postgres", Set.of("postgresql"));
    private static final DatabaseAdapter MYSQL = new Named("mysql", Set.of("mysql2", "mariadb"));

    @Test
    void twoAdaptersWithOneIdAreRefusedAndBothAreNamed() {
        assertThatThrownBy(() -> Adapters.of(List.of(POSTGRES, MYSQL, new Other("mysql"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("two adapters answer to \"mysql\"")
                .hasMessageContaining(Named.class.getName())
                .hasMessageContaining(Other.class.getName());
    }

    @Test
    void anIdThatIsAnothersAliasIsRefused() {
        assertThatThrownBy(() -> Adapters.of(List.of(MYSQL, new Other("mariadb"))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("\"mariadb\"");
        assertThatThrownBy(() -> Adapters.of(List.of(new Other("mariadb"), MYSQL)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("\"mariadb\"");
    }

    @Test
    void aliasesOfTwoAdaptersMustNotMeet() {
        assertThatThrownBy(() -> Adapters.of(List.of(POSTGRES, new Named("pg", Set.of("postgresql")))))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("\"postgresql\"");
    }

    @Test
    void differentAdaptersLiveSideBySide() {
        assertThatCode(() -> Adapters.of(List.of(POSTGRES, MYSQL))).doesNotThrowAnyException();
        assertThat(Adapters.of(List.of(POSTGRES, MYSQL)).all()).containsExactly(POSTGRES, MYSQL);
    }

    @ParameterizedTest
    @CsvSource({"postgres, postgres", "PostgreSQL, postgres", "MySQL2, mysql", "mariadb, mysql"})
    void idsAndAliasesAreFoundInAnyCase(String word, String id) {
        assertThat(Adapters.of(List.of(POSTGRES, MYSQL)).find(word))
                .hasValueSatisfying(
                        adapter -> assertThat(adapter.description().id()).isEqualTo(id));
    }

    @Test
    void anUnknownWordIsAnsweredWithWhatThereIsAndWhereMoreComesFrom() {
        Adapters adapters = Adapters.of(List.of(POSTGRES, MYSQL));

        assertThat(adapters.find("oracle")).isEmpty();
        assertThat(adapters.unknown("oracle"))
                .contains("\"oracle\"", "mysql, postgres", "dev.kamalbackup:kamal-backup-postgres");
        assertThat(Adapters.of(List.of()).unknown("mysql")).contains("found on the class path: none");
    }

    @Test
    void theListCannotBeChangedAfterwards() {
        assertThatThrownBy(() -> Adapters.of(List.of(MYSQL)).all().add(POSTGRES))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    /** An adapter that has only names. */
    private record Named(String id, Set<String> aliases) implements DatabaseAdapter {
        @Override
        public AdapterDescription description() {
            return new AdapterDescription(id, aliases, "dump", List.of(), List.of());
        }

        @Override
        public List<Problem> check(DatabaseSettings settings) {
            return List.of();
        }

        @Override
        public DumpPlan planDump(DatabaseSettings settings, AdapterContext context) {
            throw new AssertionError("nobody asked for a plan");
        }

        @Override
        public RestorePlan planRestore(DatabaseSettings target, RestoreOptions options, AdapterContext context) {
            throw new AssertionError("nobody asked for a plan");
        }

        @Override
        public Inspection planInspection(DatabaseSettings database, AdapterContext context) {
            throw new AssertionError("nobody asked for a plan");
        }

        @Override
        public boolean isEmpty(DatabaseSettings database, AdapterContext context) {
            throw new AssertionError("nobody asked for a plan");
        }

        @Override
        public ScratchPlan planScratch(
                DatabaseSettings live, List<DatabaseSettings> all, String place, AdapterContext context) {
            throw new AssertionError("nobody asked for a plan");
        }

        @Override
        public Secret url(DatabaseSettings database, AdapterContext context) {
            throw new AssertionError("nobody asked for a plan");
        }

        @Override
        public String location(DatabaseSettings settings) {
            return id;
        }
    }

    /** Somebody else's. */
    private record Other(String id) implements DatabaseAdapter {
        @Override
        public AdapterDescription description() {
            return new AdapterDescription(id, Set.of(), "dump", List.of(), List.of());
        }

        @Override
        public List<Problem> check(DatabaseSettings settings) {
            return List.of();
        }

        @Override
        public DumpPlan planDump(DatabaseSettings settings, AdapterContext context) {
            throw new AssertionError("nobody asked for a plan");
        }

        @Override
        public RestorePlan planRestore(DatabaseSettings target, RestoreOptions options, AdapterContext context) {
            throw new AssertionError("nobody asked for a plan");
        }

        @Override
        public Inspection planInspection(DatabaseSettings database, AdapterContext context) {
            throw new AssertionError("nobody asked for a plan");
        }

        @Override
        public boolean isEmpty(DatabaseSettings database, AdapterContext context) {
            throw new AssertionError("nobody asked for a plan");
        }

        @Override
        public ScratchPlan planScratch(
                DatabaseSettings live, List<DatabaseSettings> all, String place, AdapterContext context) {
            throw new AssertionError("nobody asked for a plan");
        }

        @Override
        public Secret url(DatabaseSettings database, AdapterContext context) {
            throw new AssertionError("nobody asked for a plan");
        }

        @Override
        public String location(DatabaseSettings settings) {
            return id;
        }
    }
}
