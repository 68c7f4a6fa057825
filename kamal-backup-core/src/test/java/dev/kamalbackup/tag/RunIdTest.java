package dev.kamalbackup.tag;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunIdTest {
    @Test
    void anIdIsTheUtcSecond() {
        assertThat(new RunId(Instant.parse("2026-11-23T05:54:55.987Z"))).hasToString("20261123T055455Z");
    }

    @Test
    void everySecondOfFourCenturiesIsReadBackAsItWasWritten() {
        Random random = new Random(42);
        for (int i = 0; i < 5_000; i++) {
            RunId id = new RunId(Instant.ofEpochSecond(random.nextLong(0, 12_000_000_000L)));
            assertThat(RunId.parse(id.toString())).contains(id);
        }
    }

    @Test
    void theOrderOfIdsIsTheOrderOfTheirTextAndTime() {
        List<String> ids = List.of("20251231T235959Z", "20260101T000000Z", "20260101T000001Z");
        assertThat(Stream.of(ids.get(2), ids.get(0), ids.get(1))
                        .map(text -> RunId.parse(text).orElseThrow())
                        .sorted()
                        .map(RunId::toString))
                .isEqualTo(ids);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "latest",
                "20261123T055455",
                "20261123t055455z",
                "20261123T055455Z ",
                "20261323T055455Z",
                "20261123T245455Z",
                "20261123T240000Z",
                "20261123T056055Z",
                "20260231T000000Z",
                "20250229T000000Z",
                "２０２６1123T055455Z"
            })
    void whatIsNoTimeIsNoId(String text) {
        assertThat(RunId.parse(text)).isEmpty();
    }
}
