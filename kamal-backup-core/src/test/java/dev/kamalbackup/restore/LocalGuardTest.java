package dev.kamalbackup.restore;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.RestoreException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LocalGuardTest {
    @ParameterizedTest
    @CsvSource({"RAILS_ENV, production", "RACK_ENV, PRODUCTION", "APP_ENV, prod", "KAMAL_ENVIRONMENT, ' live '"})
    void aMachineThatSaysItIsProductionIsLeftAlone(String name, String value) {
        Map<String, String> environment = new HashMap<>(Map.of("RAILS_ENV", "development"));
        environment.put(name, value);

        assertThatThrownBy(() -> LocalGuard.checkEnvironment(environment))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining(name + "=" + value.strip())
                .hasMessageContaining("nothing was changed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:5432/shop_production",
                "prod.db.example.com:5432/shop",
                "db:3306/live",
                "/data/production.sqlite3",
                "/live/shop.sqlite3"
            })
    void targetsThatLookLikeProductionAreLeftAlone(String location) {
        assertThatThrownBy(() -> LocalGuard.checkTarget(location))
                .isInstanceOf(RestoreException.class)
                .hasMessageContaining(location);
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:5432/shop_development", "db:3306/products", "/home/olive/delivery.sqlite3"})
    void othersAreNot(String location) {
        assertThatCode(() -> LocalGuard.checkTarget(location)).doesNotThrowAnyException();
    }
}
