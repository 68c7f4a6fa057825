package dev.kamalbackup.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.redact.Secret;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionCheckTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mysql://u:canary@db/shop                    | must look like postgres://
                    canary                                      | must look like postgres://
                    postgres://u:canary@db                      | names no database
                    postgres://u:canary@db/                     | names no database
                    postgres://u:canary@db/shop?sslpassword=pw  | sslpassword cannot be handed on
                    """)
    void aUrlThatCannotWorkIsAProblemWithoutTheUrlInIt(String url, String message) {
        List<Problem> problems = check(database().with("url", new Secret(url)));

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo("url");
            assertThat(problem.message()).contains(message).doesNotContain("canary");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://db/shop",
                "postgresql://u:p@[::1]:5432/shop",
                "postgres:///shop?host=/run/postgresql",
                "postgres://h1:1,h2:2/shop",
                "postgres:///?service=main"
            })
    void aUrlThatMayWorkIsNoProblem(String url) {
        assertThat(check(database().with("url", new Secret(url)))).isEmpty();
    }

    @Test
    void withoutAUrlTheDatabaseMustBeNamed() {
        assertThat(check(database().with("host", "db"))).singleElement().satisfies(problem -> {
            assertThat(problem.key()).isEqualTo("database");
            assertThat(problem.message()).contains("is missing");
        });
        assertThat(check(database().with("database", "shop"))).isEmpty();
        assertThat(check(database().with("service", "main"))).isEmpty();
        assertThat(check(database().with("url", new Secret("postgres://db")).with("database", "shop")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    port               | many      | must be a number
                    connect_timeout    | 3s        | must be a number of seconds
                    sslmode            | required  | must be one of disable, allow, prefer, require, verify-ca, verify-full
                    """)
    void aValueThatCannotWorkIsAProblemOfItsKey(String key, String value, String message) {
        assertThat(check(database().with("database", "shop").with(key, value)))
                .containsExactly(new Problem("", key, message));
    }

    @Test
    void aBlankPatternIsAProblem() {
        assertThat(check(database().with("database", "shop").with("exclude_table_data", "log\n \naudit")))
                .containsExactly(new Problem("", "exclude_table_data", "holds an empty pattern"));
    }

    @Test
    void goodValuesAreNoProblem() {
        assertThat(check(database()
                        .with("database", "shop")
                        .with("host", "a,b")
                        .with("port", "5432,5433")
                        .with("connect_timeout", "10")
                        .with("sslmode", "verify-full")
                        .with("exclude_table_data", "log\naudit")))
                .isEmpty();
    }

    private static DatabaseSettings database() {
        return DatabaseSettings.of("app", "postgres");
    }

    private static List<Problem> check(DatabaseSettings settings) {
        return new PostgresAdapter().check(settings);
    }
}
