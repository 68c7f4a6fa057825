package dev.kamalbackup.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartChoiceTest {
    @Test
    void nothingAskedForMeansEverything() {
        assertThat(PartChoice.of(List.of(), List.of())).isEqualTo(PartChoice.everything());
    }

    @ParameterizedTest
    @CsvSource({
        "database,              true,  true,  false",
        "database:app,          true,  false, false",
        "database:app files,    true,  false, true",
        "files,                 false, false, true",
        "database:queue,        false, true,  false",
        "database database:app, true,  true,  false"
    })
    void partsAreChosenByName(String only, boolean app, boolean queue, boolean files) {
        PartChoice parts = PartChoice.of(List.of(only.split(" ", -1)), List.of());

        assertThat(parts.wants("app")).isEqualTo(app);
        assertThat(parts.wants("queue")).isEqualTo(queue);
        assertThat(parts.wantsFiles()).isEqualTo(files);
    }

    @Test
    void aPathTakesThePlaceOfAllFiles() {
        PartChoice parts = PartChoice.of(List.of(), List.of(Path.of("/data/a")));

        assertThat(parts.wants("app")).isFalse();
        assertThat(parts.wantsFiles()).isTrue();
        assertThat(parts.files()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "app", "databases", "database:", "file", "Files"})
    void whatIsNoPartIsRefused(String part) {
        assertThatThrownBy(() -> PartChoice.of(List.of(part), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + part + "\" is no part of a run; a part is database, database:NAME, or files");
    }
}
