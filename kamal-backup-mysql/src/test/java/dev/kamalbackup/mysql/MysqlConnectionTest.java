package dev.kamalbackup.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.redact.Secret;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MysqlConnectionTest {
    private static final MysqlProgram MARIADB = new MysqlProgram("/usr/bin/mariadb", true);
    private static final MysqlProgram MYSQL = new MysqlProgram("/usr/bin/mysql", false);

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mysql://u:p@db.example:3307/shop               | --host=db.example --protocol=TCP --port=3307 --user=u
                    mysql2://db/shop                               | --host=db
                    mariadb://u@[::1]:3306/shop                    | --host=::1 --protocol=TCP --port=3306 --user=u
                    mysql2://localhost/shop                        | --host=localhost
                    mysql2://localhost:3307/shop                   | --host=localhost --protocol=TCP --port=3307
                    mysql2:///shop?socket=/run/mysqld/mysqld.sock  | --protocol=SOCKET --socket=/run/mysqld/mysqld.sock
                    mysql2://u@localhost/shop?socket=%2Frun%2Fs    | --protocol=SOCKET --socket=/run/s --user=u
                    mysql2://db/shop?socket=/run/s                 | --host=db
                    mysql2://a+b%40c@db/shop?pool=5&encoding=utf8  | --host=db --user=a+b@c
                    """)
    void aUrlBecomesOptions(String url, String expected) {
        assertThat(arguments(url, MARIADB)).isEqualTo("--no-defaults " + expected);
        assertThat(connection(url).database()).isEqualTo("shop");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ssl_mode=disabled            | --ssl-mode=DISABLED        | --skip-ssl
                    ssl-mode=PREFERRED           | --ssl-mode=PREFERRED       | ''
                    sslmode=required             | --ssl-mode=REQUIRED        | --ssl --skip-ssl-verify-server-cert
                    ssl_mode=verify_ca           | --ssl-mode=VERIFY_CA       | --ssl --ssl-verify-server-cert
                    ssl_mode=verify-identity     | --ssl-mode=VERIFY_IDENTITY | --ssl --ssl-verify-server-cert
                    sslMode=VERIFY_IDENTITY      | --ssl-mode=VERIFY_IDENTITY | --ssl --ssl-verify-server-cert
                    sslverify=true               | --ssl-mode=VERIFY_IDENTITY | --ssl --ssl-verify-server-cert
                    sslverify=false              | ''                         | ''
                    sslca=/ca                    | --ssl-ca=/ca               | --ssl-ca=/ca
                    ssl_ca=/ca&ssl-capath=/cas   | --ssl-ca=/ca --ssl-capath=/cas | --ssl-ca=/ca --ssl-capath=/cas
                    sslcert=/c&sslkey=/k&sslcipher=X | --ssl-cert=/c --ssl-key=/k --ssl-cipher=X | --ssl-cert=/c --ssl-key=/k --ssl-cipher=X
                    """)
    void tlsIsSaidInEachProgramsOwnWords(String parameters, String mysql, String mariaDb) {
        String url = "mysql2://db/shop?" + parameters;

        assertThat(arguments(url, MYSQL)).isEqualTo(("--no-defaults --host=db " + mysql).strip());
        assertThat(arguments(url, MARIADB)).isEqualTo(("--no-defaults --host=db " + mariaDb).strip());
    }

    @Test
    void keysFillWhatTheUrlLeavesOpen() {
        DatabaseSettings settings = database("mysql2://db/shop")
                .with("user", "u")
                .with("host", "elsewhere")
                .with("ssl_mode", "Required")
                .with("ssl_ca", "/ca");

        assertThat(String.join(" ", MysqlConnection.of(settings, Map.of()).arguments(MYSQL)))
                .isEqualTo("--no-defaults --host=db --user=u --ssl-mode=REQUIRED --ssl-ca=/ca");
    }

    @Test
    void keysAloneDoAndStrayVariablesDoNotMixIn() {
        DatabaseSettings settings =
                DatabaseSettings.of("app", "mysql").with("database", "shop").with("socket", "/run/s");
        Map<String, String> environment = Map.of("MYSQL_HOST", "other", "MYSQL_DATABASE", "other");

        MysqlConnection connection = MysqlConnection.of(settings, environment);

        assertThat(connection.arguments(MARIADB))
                .containsExactly("--no-defaults", "--protocol=SOCKET", "--socket=/run/s");
        assertThat(connection.database()).isEqualTo("shop");
    }

    @Test
    void settingsThatSayNothingMeanTheEnvironmentWithMysqlsVariablesFirst() {
        Map<String, String> environment = Map.of(
                "MYSQL_HOST", "first",
                "MARIADB_HOST", "second",
                "MARIADB_PORT", "3307",
                "MARIADB_USER", "me",
                "MYSQL_DATABASE", "",
                "MARIADB_DATABASE", "shop",
                "MARIADB_PASSWORD", "p");

        MysqlConnection connection = MysqlConnection.of(DatabaseSettings.of("app", "mysql"), environment);

        assertThat(String.join(" ", connection.arguments(MARIADB)))
                .isEqualTo("--no-defaults --host=first --protocol=TCP --port=3307 --user=me");
        assertThat(connection.location()).isEqualTo("first:3307/shop");
        assertThat(connection.password()).contains(new Secret("p"));
    }

    @Test
    void theUrlsPasswordOutweighsTheKeyAndTheKeyTheEnvironment() {
        Map<String, String> environment = Map.of("MYSQL_PWD", "1", "MYSQL_PASSWORD", "2", "MARIADB_PASSWORD", "3");
        DatabaseSettings plain = database("mysql://u@db/shop");
        DatabaseSettings withKey = plain.with("password", new Secret("key"));
        DatabaseSettings withAll = withKey.with("url", new Secret("mysql://u:u%2Brl@db/shop"));

        assertThat(MysqlConnection.of(withAll, environment).password()).contains(new Secret("u+rl"));
        assertThat(MysqlConnection.of(withKey, environment).password()).contains(new Secret("key"));
        assertThat(MysqlConnection.of(plain, environment).password()).contains(new Secret("1"));
        assertThat(MysqlConnection.of(plain, Map.of("MYSQL_PASSWORD", "2", "MARIADB_PASSWORD", "3"))
                        .password())
                .contains(new Secret("2"));
        assertThat(MysqlConnection.of(plain, Map.of()).password()).isEqualTo(Optional.empty());
    }

    @Test
    void everyPrintableCharacterOfAsciiSurvivesAUrl() {
        String password =
                IntStream.rangeClosed(' ', '~').mapToObj(Character::toString).collect(Collectors.joining());
        String encoded = password.chars().mapToObj("%%%02X"::formatted).collect(Collectors.joining());

        assertThat(connection("mysql://u:" + encoded + "@db/shop").password()).contains(new Secret(password));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mysql://u:p@db:3307/shop             | db:3307/shop
                    mysql2://u:p@db/shop                 | db:3306/shop
                    mariadb://[::1]/shop                 | [::1]:3306/shop
                    mysql2:///shop                       | localhost:3306/shop
                    mysql2:///shop?socket=/run/s         | /run/s/shop
                    """)
    void theLocationIsTheSameForEveryWayOfSayingTheSame(String url, String location) {
        assertThat(connection(url).location()).isEqualTo(location);
    }

    @Test
    void nothingPrintsThePasswordAndNoArgumentHoldsIt() {
        MysqlConnection connection = connection("mysql://u:canary@db/shop");

        assertThat(connection.toString() + connection.arguments(MYSQL)).doesNotContain("canary");
    }

    private static String arguments(String url, MysqlProgram program) {
        return String.join(" ", connection(url).arguments(program));
    }

    private static MysqlConnection connection(String url) {
        return MysqlConnection.of(database(url), Map.of());
    }

    private static DatabaseSettings database(String url) {
        return DatabaseSettings.of("app", "mysql").with("url", new Secret(url));
    }
}
