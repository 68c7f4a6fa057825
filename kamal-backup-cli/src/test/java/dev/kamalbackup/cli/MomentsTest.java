package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-23T14:30:15Z,      2026-11-23T14:30:15Z",
        "2026-11-23T14:30Z,         2026-11-23T14:30:00Z",
        "2026-11-23T14:30+01:00,    2026-11-23T13:30:00Z",
        "2026-11-23T14:30,          2026-11-23T14:30:00Z",
        "2026-11-23 14:30:15,       2026-11-23T14:30:15Z",
        "2026-11-23 14:30+01:00,    2026-11-23T13:30:00Z",
        "2026-11-23,                2026-11-23T23:59:59Z",
        "' 2026-11-23 ',            2026-11-23T23:59:59Z"
    })
    void timesThatPeopleTypeAreRead(String text, Instant moment) {
        assertThat(Moments.parse(text)).contains(moment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "14:30", "2026-13-01", "2026-02-30", "23.11.2026", "2026-11-23T25:00"})
    void anythingElseIsNoTime(String text) {
        assertThat(Moments.parse(text)).isEmpty();
    }
}
