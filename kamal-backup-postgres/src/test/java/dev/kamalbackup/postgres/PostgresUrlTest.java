package dev.kamalbackup.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.redact.Secret;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresUrlTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    postgres://u:p@db.example:5433/shop          | postgres://u:p@db.example:5433/shop
                    postgresql://u:p@s%2F@db/shop?pool=5         | postgres://u:p%40s%2F@db/shop?pool=5
                    postgres:///shop?host=/run/postgresql        | postgres:///shop?host=/run/postgresql
                    postgres://%2Frun%2Fpg/a%2Fb                 | postgres:///a%2Fb?host=/run/pg
                    postgres://h1:1,h2:2/shop                    | postgres:///shop?host=h1%2Ch2&port=1%2C2
                    postgres://u@[::1]/shop                      | postgres://u@[::1]/shop
                    postgres://db?dbname=shop&user=u&password=p  | postgres://u:p@db/shop
                    postgres://db/shop?application_name=web      | postgres://db/shop?application_name=web
                    postgres://db/shop?options=-c%20a%3Db        | postgres://db/shop?options=-c%20a%3Db
                    """)
    void aUrlIsWrittenSoThatEverybodyReadsItAlike(String configured, String expected) {
        DatabaseSettings settings = DatabaseSettings.of("app", "postgres").with("url", new Secret(configured));

        String url = PostgresUrl.of(settings, Map.of()).reveal();

        assertThat(url).isEqualTo(expected);
        assertThat(URI.create(url)).isNotNull();
        readsBack(settings, url);
    }

    @Test
    void settingsWithoutAUrlBecomeOne() {
        DatabaseSettings settings = DatabaseSettings.of("app", "postgres")
                .with("host", "db")
                .with("port", "5433")
                .with("user", "a+b c")
                .with("database", "sh op")
                .with("sslmode", "verify-full")
                .with("sslrootcert", "/etc/ca of ours.pem")
                .with("password", new Secret("%&=?/ü"));

        String url = PostgresUrl.of(settings, Map.of()).reveal();

        assertThat(url)
                .isEqualTo("postgres://a%2Bb%20c:%25%26%3D%3F%2F%C3%BC@db:5433/sh%20op?sslmode=verify-full"
                        + "&sslrootcert=/etc/ca%20of%20ours.pem");
        readsBack(settings, url);
    }

    @Test
    void whatTheEnvironmentMeansIsMeantByTheUrlToo() {
        Map<String, String> environment =
                Map.of("PGHOST", "db", "PGDATABASE", "shop", "PGUSER", "u", "PGPASSWORD", "p", "PGSSLMODE", "require");

        assertThat(PostgresUrl.of(DatabaseSettings.of("app", "postgres"), environment)
                        .reveal())
                .isEqualTo("postgres://u:p@db/shop?sslmode=require");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://u:p%40@db:5433/shop?sslmode=require&pool=5",
                "postgres:///shop?host=/run/postgresql",
                "postgres://h1:1,h2:2/shop?target_session_attrs=read-write",
                "postgres://db?dbname=shop&user=u&password=p"
            })
    void anotherDatabaseIsReachedLikeTheFirst(String configured) {
        DatabaseSettings live = DatabaseSettings.of("app", "postgres").with("url", new Secret(configured));

        DatabaseSettings other = PostgresUrl.otherDatabase(live, Map.of(), "drill \"x\"");

        PostgresConnection expected = PostgresConnection.of(live, Map.of());
        PostgresConnection actual = PostgresConnection.of(other, Map.of());
        assertThat(actual.password()).isEqualTo(expected.password());
        Map<String, String> variables = new java.util.TreeMap<>(expected.variables());
        variables.put("PGDATABASE", "drill \"x\"");
        assertThat(actual.variables()).isEqualTo(variables);
    }

    @Test
    void anotherDatabaseThanTheEnvironmentMeansIsOnTheSameServer() {
        Map<String, String> environment =
                Map.of("PGHOST", "db", "PGPORT", "5433", "PGDATABASE", "shop", "PGPASSWORD", "p");

        DatabaseSettings other =
                PostgresUrl.otherDatabase(DatabaseSettings.of("app", "postgres"), environment, "drill");

        PostgresConnection connection = PostgresConnection.of(other, environment);
        assertThat(connection.location()).isEqualTo("db:5433/drill");
        assertThat(connection.password()).contains(new Secret("p"));
    }

    private static void readsBack(DatabaseSettings settings, String url) {
        assertThat(PostgresConnection.of(DatabaseSettings.of("app", "postgres").with("url", new Secret(url)), Map.of()))
                .isEqualTo(PostgresConnection.of(settings, Map.of()));
    }
}
