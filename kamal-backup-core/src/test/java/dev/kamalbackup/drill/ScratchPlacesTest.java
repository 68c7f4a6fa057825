package dev.kamalbackup.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.spi.ProductionName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScratchPlacesTest {
    private static final ScratchPlaces OUR_OWN = ScratchPlaces.in(Path.of("/restore/files"));

    @Test
    void ordinaryNamesStayAsTheyAre() {
        assertThat(names(OUR_OWN, "app", "My-Queue"))
                .containsExactly("kamal_backup_drill_app", "kamal_backup_drill_my_queue");
        assertThat(files(OUR_OWN, "app", "My-Queue"))
                .containsExactly(
                        Path.of("/restore/databases/app.sqlite3"), Path.of("/restore/databases/My-Queue.sqlite3"));
        assertThat(names(given("trial"), "app", "queue")).containsExactly("trial_app", "trial_queue");
        assertThat(names(given("trial"), "app")).containsExactly("trial");
    }

    @ParameterizedTest
    @ValueSource(strings = {"production", "shop_production", "prod", "shop-live"})
    void aNameOfOurOwnNeverLooksLikeProduction(String database) {
        assertThat(Stream.of(
                                names(OUR_OWN, database),
                                names(OUR_OWN, "app", database),
                                names(given("trial"), "app", database))
                        .flatMap(List::stream))
                .noneMatch(ProductionName::matches);
        assertThat(files(OUR_OWN, database)).noneMatch(file -> ProductionName.matches(file.toString()));
    }

    @Test
    void aNameThatAPersonGaveStaysWhatItIs() {
        assertThat(names(given("production"), "app")).containsExactly("production");
        assertThat(names(given("production"), "app", "queue")).allMatch(ProductionName::matches);
    }

    @Test
    void noTwoDatabasesShareAPlace() {
        String[] alike = {"my-db", "my_db", "x".repeat(70) + "1", "x".repeat(70) + "2"};

        assertThat(names(OUR_OWN, alike)).doesNotHaveDuplicates().allMatch(name -> name.length() <= 63);
        assertThat(names(given("trial"), alike)).doesNotHaveDuplicates();
        assertThat(files(OUR_OWN, "my db", "my_db")).doesNotHaveDuplicates();
    }

    private static ScratchPlaces given(String name) {
        return new ScratchPlaces(Optional.of(name), Optional.empty(), ScratchPlaces.FILES);
    }

    private static List<String> names(ScratchPlaces places, String... databases) {
        List<DatabaseSettings> all = settings(databases);
        return all.stream().map(each -> places.name(each, all)).toList();
    }

    private static List<Path> files(ScratchPlaces places, String... databases) {
        List<DatabaseSettings> all = settings(databases);
        return all.stream().map(each -> places.file(each, all)).toList();
    }

    private static List<DatabaseSettings> settings(String... databases) {
        return Stream.of(databases)
                .map(name -> DatabaseSettings.of(name, "script"))
                .toList();
    }
}
