package dev.kamalbackup.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.redact.Secret;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MysqlUrlTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mysql2://u:p@db.example:3307/shop                   | mysql2://u:p@db.example:3307/shop
                    mariadb://u:p%40s%2F@db/shop?pool=5                 | mysql2://u:p%40s%2F@db/shop?pool=5
                    trilogy://u@db/shop                                 | trilogy://u@db/shop
                    mysql2://u@[::1]/a%2Fb                              | mysql2://u@[::1]/a%2Fb
                    mysql2://u@localhost/shop?socket=/run/my%20sql.sock | mysql2://u@localhost/shop?socket=/run/my%20sql.sock
                    mysql2://db/shop?ssl_mode=verify_ca&sslca=/ca       | mysql2://db/shop?ssl_mode=verify_ca&sslca=/ca
                    """)
    void aUrlIsWrittenSoThatEverybodyReadsItAlike(String configured, String expected) {
        DatabaseSettings settings = DatabaseSettings.of("app", "mysql").with("url", new Secret(configured));

        String url = MysqlUrl.of(settings, Map.of()).reveal();

        assertThat(url).isEqualTo(expected);
        assertThat(URI.create(url)).isNotNull();
        readsBack(settings, url);
    }

    @Test
    void settingsWithoutAUrlBecomeOne() {
        DatabaseSettings settings = DatabaseSettings.of("app", "mysql")
                .with("host", "db")
                .with("port", "3307")
                .with("user", "a+b c")
                .with("database", "sh op")
                .with("ssl_mode", "verify_identity")
                .with("ssl_ca", "/etc/ca of ours.pem")
                .with("password", new Secret("%&=?/ü"));

        String url = MysqlUrl.of(settings, Map.of()).reveal();

        assertThat(url)
                .isEqualTo("mysql2://a%2Bb%20c:%25%26%3D%3F%2F%C3%BC@db:3307/sh%20op?ssl_mode=verify_identity"
                        + "&sslca=/etc/ca%20of%20ours.pem");
        readsBack(settings, url);
    }

    @Test
    void whatTheUrlSaysOfTlsOutweighsTheKeys() {
        DatabaseSettings settings = DatabaseSettings.of("app", "mysql")
                .with("url", new Secret("mysql2://db/shop?ssl-mode=required"))
                .with("ssl_mode", "disabled");

        assertThat(MysqlUrl.of(settings, Map.of()).reveal()).isEqualTo("mysql2://db/shop?ssl-mode=required");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysql2://u:p%40@db:3307/shop?ssl_mode=required&pool=5",
                "mysql2://u@localhost/shop?socket=/run/mysqld.sock",
                "trilogy://u@[::1]/shop"
            })
    void anotherDatabaseIsReachedLikeTheFirst(String configured) {
        DatabaseSettings live = DatabaseSettings.of("app", "mysql").with("url", new Secret(configured));

        MysqlConnection expected = MysqlConnection.of(live, Map.of());
        MysqlConnection actual = MysqlConnection.of(MysqlUrl.otherDatabase(live, Map.of(), "drill `x"), Map.of());

        Map<String, String> options = new TreeMap<>(expected.options());
        options.put("database", "drill `x");
        assertThat(actual).isEqualTo(new MysqlConnection(options, expected.tls(), expected.password()));
    }

    @Test
    void anotherDatabaseThanTheEnvironmentMeansIsOnTheSameServer() {
        Map<String, String> environment =
                Map.of("MYSQL_HOST", "db", "MYSQL_PORT", "3307", "MYSQL_DATABASE", "shop", "MYSQL_PWD", "p");

        DatabaseSettings other = MysqlUrl.otherDatabase(DatabaseSettings.of("app", "mysql"), environment, "drill");

        MysqlConnection connection = MysqlConnection.of(other, environment);
        assertThat(connection.location()).isEqualTo("db:3307/drill");
        assertThat(connection.password()).contains(new Secret("p"));
    }

    private static void readsBack(DatabaseSettings settings, String url) {
        assertThat(MysqlConnection.of(DatabaseSettings.of("app", "mysql").with("url", new Secret(url)), Map.of()))
                .isEqualTo(MysqlConnection.of(settings, Map.of()));
    }
}
