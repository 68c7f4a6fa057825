package dev.kamalbackup.mysql;

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
                    postgres://u:canary@db/shop             | must look like mysql2://
                    canary                                  | must look like mysql2://
                    mysql://u:canary@db                     | names no database
                    mysql://u:canary@db/shop?sslmode=strict | the TLS mode must be one of disabled, preferred, required
                    """)
    void aUrlThatCannotWorkIsAProblemWithoutTheUrlInIt(String url, String message) {
        assertThat(check(database().with("url", new Secret(url))))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.key()).isEqualTo("url");
                    assertThat(problem.message()).contains(message).doesNotContain("canary");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql://db/shop",
                "mysql2://u:p@[::1]:3306/shop?ssl_mode=verify_ca",
                "mariadb://db/shop",
                "trilogy://db/shop",
                "mysql2:///shop?socket=/run/s"
            })
    void aUrlThatMayWorkIsNoProblem(String url) {
        assertThat(check(database().with("url", new Secret(url)))).isEmpty();
    }

    @Test
    void withoutAUrlTheDatabaseMustBeNamed() {
        assertThat(check(database().with("host", "db")))
                .containsExactly(new Problem("", "database", "is missing: name the database, or give its url"));
        assertThat(check(database().with("url", new Secret("mysql://db")).with("database", "shop")))
                .isEmpty();
    }

    @Test
    void aValueThatCannotWorkIsAProblemOfItsKey() {
        DatabaseSettings settings =
                database().with("database", "shop").with("port", "many").with("ssl_mode", "on");

        assertThat(check(settings)).extracting(Problem::key).containsExactly("port", "ssl_mode");
        assertThat(check(
                        database().with("database", "shop").with("port", "3306").with("ssl_mode", "REQUIRED")))
                .isEmpty();
    }

    private static DatabaseSettings database() {
        return DatabaseSettings.of("app", "mysql");
    }

    private static List<Problem> check(DatabaseSettings settings) {
        return new MysqlAdapter().check(settings);
    }
}
