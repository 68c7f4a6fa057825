package dev.kamalbackup.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrantsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    GRANT ALL PRIVILEGES ON *.* TO `u`@`%` WITH GRANT OPTION              | ""
                    GRANT ALL PRIVILEGES ON `shop`.* TO `u`@`%`                           | ""
                    GRANT ALL PRIVILEGES ON `sh%`.* TO `u`@`%`                            | ""
                    GRANT ALL PRIVILEGES ON `sho_`.* TO `u`@`%`                           | ""
                    GRANT ALL PRIVILEGES ON `sho\\_`.* TO `u`@`%`                         | TRIGGER EXECUTE
                    GRANT ALL PRIVILEGES ON `other`.* TO `u`@`%`                          | TRIGGER EXECUTE
                    GRANT USAGE ON *.* TO `u`@`%` IDENTIFIED BY PASSWORD '*0A'            | TRIGGER EXECUTE
                    GRANT SELECT, LOCK TABLES, SHOW VIEW, EVENT ON `shop`.* TO `u`@`%`    | TRIGGER EXECUTE
                    GRANT SELECT, TRIGGER ON `shop`.* TO `u`@`%`                          | EXECUTE
                    GRANT SELECT, EXECUTE ON `shop`.* TO `u`@`%`                          | TRIGGER
                    GRANT SELECT, TRIGGER ON *.* TO `u`@`%`                               | ""
                    GRANT SELECT, INSERT, TRIGGER, CREATE ROUTINE ON `shop`.* TO `u`@`%`  | ""
                    GRANT SELECT (`a`, `b`), TRIGGER ON `shop`.`t` TO `u`@`%`             | TRIGGER EXECUTE
                    GRANT EXECUTE ON PROCEDURE `shop`.`p` TO `u`@`%`                      | TRIGGER EXECUTE
                    GRANT `backup`@`%` TO `u`@`%`                                         | ""
                    GRANT `backup` TO `u`@`%`                                             | TRIGGER EXECUTE
                    """)
    void tellWhatAUserWouldNotBeShown(String grant, String missing) {
        assertThat(String.join(" ", new Grants(List.of(grant)).missing("shop"))).isEqualTo(missing);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    GRANT ALL PRIVILEGES ON `od``d.na%`.* TO `u`@`%`     | ""
                    GRANT ALL PRIVILEGES ON `od``d\\.name`.* TO `u`@`%`  | ""
                    GRANT ALL PRIVILEGES ON `odd.name`.* TO `u`@`%`      | TRIGGER EXECUTE
                    """)
    void namesAreQuotedInGrants(String grant, String missing) {
        assertThat(String.join(" ", new Grants(List.of(grant)).missing("od`d.name")))
                .isEqualTo(missing);
    }
}
