package dev.kamalbackup.settings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that can be configured is missing in the page for people or in the schema for editors. */
class ReferenceOfKeysTest {
    private final JsonNode schema = ConfigSchema.of(FakeAdapter.all());
    private final String page = ReferencePage.of(FakeAdapter.all());

    static Stream<Key> keys() {
        return Keys.ALL.stream();
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyKeyIsInTheSchemaInBothShapes(Key key) {
        if (!key.path().isEmpty() && !key.path().contains("[")) {
            JsonNode node = schema;
            for (String name : List.of(key.path().split("\\.", -1))) {
                node = node.path("properties").path(name);
            }
            assertThat(node.path("description").asText()).isEqualTo(key.help());
        }
        if (!key.flat().isEmpty()) {
            assertThat(schema.path("properties").has(key.flat())).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyKeyAndItsVariableAreOnThePage(Key key) {
        assertThat(page).contains(key.path());
        if (!key.environment().isEmpty()) {
            assertThat(page).contains("`" + key.environment() + "`");
        }
    }

    @Test
    void everyKindOfDatabaseIsInBoth() {
        String databases = schema.path("definitions").path("database").toString();
        for (String name : List.of("postgres", "postgresql", "mysql2", "mariadb", "sqlite3")) {
            assertThat(databases).contains("\"" + name + "\"");
        }
        assertThat(page).contains("exclude_table_data", "connect_timeout", "socket");
    }
}
