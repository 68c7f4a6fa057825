package dev.kamalbackup.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    postgres://u:p@db:5433/shop        | postgres | u   | p   | db    | 5433      | shop
                    MySQL2://db/shop                   | mysql2   | ''  | ''  | db    | ''        | shop
                    postgres://a+b:c+d@db/e+f          | postgres | a+b | c+d | db    | ''        | e+f
                    postgres://a%2Bb:%40%2F@db/e%20f   | postgres | a+b | @/  | db    | ''        | e f
                    postgres://u:p@q:r@db/shop         | postgres | u   | p@q:r | db  | ''        | shop
                    postgres://[::1]:5432/shop         | postgres | ''  | ''  | ::1   | 5432      | shop
                    postgres://[fe80::1]/shop          | postgres | ''  | ''  | fe80::1 | ''      | shop
                    postgres:///shop                   | postgres | ''  | ''  | ''    | ''        | shop
                    postgres://%2Frun%2Fpg/shop        | postgres | ''  | ''  | /run/pg | ''      | shop
                    postgres://a:1,b:2/shop            | postgres | ''  | ''  | a,b   | 1,2       | shop
                    postgres://a,[::1]:2/shop          | postgres | ''  | ''  | a,::1 | ,2        | shop
                    postgres://a,b/shop                | postgres | ''  | ''  | a,b   | ''        | shop
                    postgres://db                      | postgres | ''  | ''  | db    | ''        | ''
                    """)
    void isTakenApart(
            String text, String scheme, String user, String password, String host, String port, String database) {
        assertThat(DatabaseUrl.parse(text))
                .contains(new DatabaseUrl(scheme, user, password, host, port, database, Map.of()));
    }

    @Test
    void parametersAreDecodedOneByOne() {
        assertThat(DatabaseUrl.parse("postgres://db/shop?host=%2Frun&a=b%26c&plus=a+b&empty=&nothing"))
                .hasValueSatisfying(url -> assertThat(url.parameters())
                        .containsOnly(
                                Map.entry("host", "/run"),
                                Map.entry("a", "b&c"),
                                Map.entry("plus", "a+b"),
                                Map.entry("empty", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "shop", "db/shop", "postgres:shop", "postgres://db:port/shop", "postgres://[::1/shop"})
    void whatIsNoUrlIsNone(String text) {
        assertThat(DatabaseUrl.parse(text)).isEmpty();
    }

    @Test
    void printsNeitherUserNorPassword() {
        assertThat(DatabaseUrl.parse("postgres://user:canary@db:5432/shop?password=canary"))
                .hasValueSatisfying(url -> assertThat(url).hasToString("postgres://db:5432/shop"));
    }
}
