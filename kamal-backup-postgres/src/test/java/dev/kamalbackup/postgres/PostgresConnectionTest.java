package dev.kamalbackup.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.redact.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresConnectionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    postgres://u:p@db.example:5433/shop              | PGDATABASE=shop PGHOST=db.example PGPORT=5433 PGUSER=u
                    postgresql://db/shop                             | PGDATABASE=shop PGHOST=db
                    POSTGRES://db/shop                               | PGDATABASE=shop PGHOST=db
                    postgres://u@[::1]:5432/shop                     | PGDATABASE=shop PGHOST=::1 PGPORT=5432 PGUSER=u
                    postgres:///shop?host=/run/postgresql            | PGDATABASE=shop PGHOST=/run/postgresql
                    postgres://%2Frun%2Fpostgresql/shop              | PGDATABASE=shop PGHOST=/run/postgresql
                    postgres://a%2Bb@db/sh%20op                      | PGDATABASE=sh op PGHOST=db PGUSER=a+b
                    postgres://a+b@db/sh+op                          | PGDATABASE=sh+op PGHOST=db PGUSER=a+b
                    postgres://h1:5432,h2:5433/shop                  | PGDATABASE=shop PGHOST=h1,h2 PGPORT=5432,5433
                    postgres://h1,h2/shop?target_session_attrs=any   | PGDATABASE=shop PGHOST=h1,h2 PGTARGETSESSIONATTRS=any
                    postgres://db?dbname=shop&user=u                 | PGDATABASE=shop PGHOST=db PGUSER=u
                    postgres://db/shop?ssl=true                      | PGDATABASE=shop PGHOST=db PGSSLMODE=require
                    postgres://db/shop?pool=5&prepared_statements=no | PGDATABASE=shop PGHOST=db
                    postgres://db/shop?service=main                  | PGDATABASE=shop PGHOST=db PGSERVICE=main
                    """)
    void aUrlBecomesVariablesOfLibpq(String url, String expected) {
        assertThat(variables(connection(url))).isEqualTo(expected);
    }

    @Test
    void everyParameterAboutTlsGoesOn() {
        PostgresConnection connection = connection("postgres://db/shop?sslmode=verify-full&sslrootcert=/ca&sslcert=/c"
                + "&sslkey=/k&sslcrl=/crl&sslcrldir=/crls&sslsni=0&sslnegotiation=direct&sslcertmode=require"
                + "&ssl_min_protocol_version=TLSv1.3&ssl_max_protocol_version=TLSv1.3&channel_binding=require"
                + "&require_auth=scram-sha-256&gssencmode=disable&connect_timeout=7&requirepeer=p");

        assertThat(variables(connection))
                .isEqualTo("PGCHANNELBINDING=require PGCONNECT_TIMEOUT=7 PGDATABASE=shop PGGSSENCMODE=disable PGHOST=db"
                        + " PGREQUIREAUTH=scram-sha-256 PGREQUIREPEER=p PGSSLCERT=/c PGSSLCERTMODE=require PGSSLCRL=/crl"
                        + " PGSSLCRLDIR=/crls PGSSLKEY=/k PGSSLMAXPROTOCOLVERSION=TLSv1.3"
                        + " PGSSLMINPROTOCOLVERSION=TLSv1.3 PGSSLMODE=verify-full PGSSLNEGOTIATION=direct"
                        + " PGSSLROOTCERT=/ca PGSSLSNI=0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    postgres://u:p%40s%2Fs%23@db/shop    | p@s/s#
                    postgres://u:a+b@db/shop             | a+b
                    postgres://u:p@ss@db/shop            | p@ss
                    postgres://u:a:b@db/shop             | a:b
                    postgres://u:100%@db/shop            | 100%
                    postgres://db/shop?password=p%26q    | p&q
                    """)
    void aPasswordInAUrlIsTakenAsItIsMeant(String url, String password) {
        assertThat(connection(url).password()).contains(new Secret(password));
    }

    @Test
    void everyPrintableCharacterOfAsciiSurvivesAUrl() {
        String password =
                IntStream.rangeClosed(' ', '~').mapToObj(Character::toString).collect(Collectors.joining());
        String encoded = password.chars().mapToObj("%%%02X"::formatted).collect(Collectors.joining());

        assertThat(connection("postgres://u:" + encoded + "@db/shop").password())
                .contains(new Secret(password));
    }

    @Test
    void theUrlsPasswordOutweighsTheKeyAndTheKeyTheEnvironment() {
        Map<String, String> environment = Map.of("PGPASSWORD", "environment");
        DatabaseSettings plain = database("postgres://u@db/shop");
        DatabaseSettings withKey = plain.with("password", new Secret("key"));
        DatabaseSettings withAll = withKey.with("url", new Secret("postgres://u:url@db/shop"));

        assertThat(PostgresConnection.of(withAll, environment).password()).contains(new Secret("url"));
        assertThat(PostgresConnection.of(withKey, environment).password()).contains(new Secret("key"));
        assertThat(PostgresConnection.of(plain, environment).password()).contains(new Secret("environment"));
        assertThat(PostgresConnection.of(plain, Map.of()).password()).isEqualTo(Optional.empty());
    }

    @Test
    void keysFillWhatTheUrlLeavesOpen() {
        DatabaseSettings settings = database("postgres://db/shop")
                .with("user", "u")
                .with("host", "elsewhere")
                .with("sslmode", "require");

        assertThat(variables(PostgresConnection.of(settings, Map.of())))
                .isEqualTo("PGDATABASE=shop PGHOST=db PGSSLMODE=require PGUSER=u");
    }

    @Test
    void keysAloneDoAndStrayVariablesDoNotMixIn() {
        DatabaseSettings settings =
                DatabaseSettings.of("app", "postgres").with("database", "shop").with("passfile", "/secret/pass");
        Map<String, String> environment = Map.of("PGHOST", "other", "PGDATABASE", "other", "PGSERVICE", "other");

        assertThat(variables(PostgresConnection.of(settings, environment)))
                .isEqualTo("PGDATABASE=shop PGPASSFILE=/secret/pass");
    }

    @Test
    void settingsThatSayNothingMeanWhatTheEnvironmentMeans() {
        Map<String, String> environment = Map.of(
                "PGHOST",
                "db",
                "PGDATABASE",
                "shop",
                "PGSSLMODE",
                "require",
                "PGSERVICEFILE",
                "/services",
                "HOME",
                "/h");

        assertThat(variables(PostgresConnection.of(DatabaseSettings.of("app", "postgres"), environment)))
                .isEqualTo("PGDATABASE=shop PGHOST=db PGSERVICEFILE=/services PGSSLMODE=require");
    }

    @Test
    void thePasswordFileOfTheEnvironmentIsHonouredForEveryDatabase() {
        assertThat(variables(PostgresConnection.of(database("postgres://db/shop"), Map.of("PGPASSFILE", "/pass"))))
                .isEqualTo("PGDATABASE=shop PGHOST=db PGPASSFILE=/pass");
    }

    @Test
    void howTheEnvironmentTrustsServersHoldsForEveryDatabaseThatSaysNothingElse() {
        Map<String, String> environment = Map.of("PGSSLMODE", "verify-full", "PGSSLROOTCERT", "/ca");

        assertThat(variables(PostgresConnection.of(database("postgres://db/shop"), environment)))
                .isEqualTo("PGDATABASE=shop PGHOST=db PGSSLMODE=verify-full PGSSLROOTCERT=/ca");
        assertThat(variables(PostgresConnection.of(database("postgres://db/shop?sslmode=disable"), environment)))
                .isEqualTo("PGDATABASE=shop PGHOST=db PGSSLMODE=disable PGSSLROOTCERT=/ca");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    postgres://u:p@db/shop                | db:5432/shop
                    postgres://u:p@db:5432/shop           | db:5432/shop
                    postgres://[::1]/shop                 | [::1]:5432/shop
                    postgres:///shop                      | localhost:5432/shop
                    postgres:///shop?host=/run/postgresql | /run/postgresql:5432/shop
                    postgres:///?service=main             | service main
                    postgres:///shop?service=main         | service main/shop
                    """)
    void theLocationIsTheSameForEveryWayOfSayingTheSame(String url, String location) {
        assertThat(connection(url).location()).isEqualTo(location);
    }

    @Test
    void nothingPrintsThePassword() {
        assertThat(connection("postgres://u:canary@db/shop").toString()).doesNotContain("canary");
    }

    private static PostgresConnection connection(String url) {
        return PostgresConnection.of(database(url), Map.of());
    }

    private static DatabaseSettings database(String url) {
        return DatabaseSettings.of("app", "postgres").with("url", new Secret(url));
    }

    /** All variables but the one that names this program to the server. */
    private static String variables(PostgresConnection connection) {
        Map<String, String> variables = new TreeMap<>(connection.variables());
        assertThat(variables.remove("PGAPPNAME")).isEqualTo("kamal-backup");
        return variables.entrySet().stream().map(Object::toString).collect(Collectors.joining(" "));
    }
}
