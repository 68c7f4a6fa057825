package dev.kamalbackup.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.redact.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RecoveryTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void theLargestGapIsBetweenRuns() {
        RecoveryPoint point = RecoveryPoint.of(runs(1, 25, 97, 121), NOW);

        assertThat(point.largestGap()).contains(new RecoveryPoint.Gap(hoursAgo(97), hoursAgo(25), false));
        assertThat(point.age()).contains(Duration.ofHours(1));
        assertThat(point.completeRuns()).isEqualTo(4);
    }

    @Test
    void orBetweenTheNewestRunAndNow() {
        RecoveryPoint point = RecoveryPoint.of(runs(80, 100), NOW);

        assertThat(point.largestGap()).contains(new RecoveryPoint.Gap(hoursAgo(80), NOW, true));
    }

    @Test
    void orReachesIntoTheDaysThatAreLookedAt() {
        RecoveryPoint point = RecoveryPoint.of(runs(1, 700, 900, 2000), NOW);

        assertThat(point.largestGap().orElseThrow().length())
                .as("the gap from 2000 to 900 hours ago is over for more than 30 days")
                .isEqualTo(Duration.ofHours(699));
        assertThat(RecoveryPoint.of(runs(1, 2, 900), NOW)
                        .largestGap()
                        .orElseThrow()
                        .length())
                .isEqualTo(Duration.ofHours(898));
    }

    @Test
    void fewerThanTwoRunsMakeNoGap() {
        assertThat(RecoveryPoint.of(runs(5), NOW).largestGap()).isEmpty();
        assertThat(RecoveryPoint.of(runs(5), NOW).age()).contains(Duration.ofHours(5));
        assertThat(RecoveryPoint.of(List.of(), NOW).newest()).isEmpty();
    }

    @Test
    void runsThatAreNotWholeOrLieInTheFutureDoNotCount() {
        List<KnownRun> runs = new ArrayList<>(runs(1, 30));
        runs.add(new KnownRun("x", hoursAgo(10), "failed", false, false, OptionalLong.empty(), List.of()));
        runs.add(new KnownRun("y", hoursAgo(-50), "complete", true, false, OptionalLong.empty(), List.of()));

        RecoveryPoint point = RecoveryPoint.of(runs, NOW);

        assertThat(point.largestGap().orElseThrow().length()).isEqualTo(Duration.ofHours(29));
        assertThat(point.newest()).contains(hoursAgo(1));
    }

    @Test
    void theRecoveryTimeIsThatOfWhatSucceededWithoutQuestionsAndTidyingUp() {
        Chronicle chronicle = read("""
                {"kind":"drill","at":"2026-11-01T00:00:00Z","outcome":"passed","phases":{"plan":60000,"fetch":7000,"databases":2000,"clear away":500}}""", """
                {"kind":"restore","at":"2026-11-02T00:00:00Z","outcome":"complete","phases":{"fetch":4000}}""", """
                {"kind":"drill","at":"2026-11-03T00:00:00Z","outcome":"failed","phases":{"fetch":100000}}""");

        RecoveryTime time = RecoveryTime.of(chronicle);

        assertThat(time.measured()).hasSize(2);
        assertThat(time.newest()).contains(Duration.ofSeconds(4));
        assertThat(time.longest()).contains(Duration.ofSeconds(9));
        assertThat(RecoveryTime.of(read()).newest()).isEmpty();
    }

    @Test
    void everyKindIsReadAndUnknownOnesAreCounted() {
        Chronicle chronicle = read("""
                {"kind":"backup","at":"2026-11-01T00:00:00Z","run_id":"20261101T000000Z","outcome":"failed","parts":[{"part":"files","outcome":"saved","bytes":7},{"part":"database app","outcome":"failed","reason":"it says s3cr3t-canary"}]}""", """
                {"kind":"check","at":"2026-11-02T00:00:00Z","outcome":"failed","subset":"1/10","error":"pack is damaged"}""", """
                {"kind":"prune","at":"2026-11-03T00:00:00Z","outcome":"done","kept":7,"removed":["a","b"]}""", """
                {"kind":"teleport","at":"2026-11-04T00:00:00Z"}""", """
                {"kind":"backup","at":"soon"}""");

        assertThat(chronicle.counts()).isEqualTo(Map.of("backup", 1, "check", 1, "prune", 1, "teleport", 1));
        assertThat(chronicle.unreadable()).isEqualTo(1);
        assertThat(chronicle.failures())
                .extracting(PastEvent::kind, PastEvent::reasons)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("check", List.of("pack is damaged")),
                        org.assertj.core.groups.Tuple.tuple("backup", List.of("database app: it says [REDACTED]")));
        assertThat(chronicle.newest("prune")).extracting(PastEvent::detail).containsExactly("7 kept, 2 removed");
        assertThat(chronicle.newest("check")).extracting(PastEvent::detail).containsExactly("1/10 of the data read");
        assertThat(chronicle.newest("backup").get(0).bytes()).hasValue(7);
        assertThat(chronicle.newest("backup").get(0).parts()).containsExactly("files");
        assertThat(chronicle.first()).contains(Instant.parse("2026-11-01T00:00:00Z"));
        assertThat(chronicle.last()).contains(Instant.parse("2026-11-04T00:00:00Z"));
    }

    private static Chronicle read(String... lines) {
        List<JsonNode> entries = Stream.of(lines).map(RecoveryTest::json).toList();
        return Chronicle.read(
                entries, entries.size(), Redactor.knowing(List.of(new Secret("s3cr3t-canary")), Map.of()));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException mistake) {
            throw new AssertionError(mistake);
        }
    }

    private static List<KnownRun> runs(int... hoursAgo) {
        return java.util.stream.IntStream.of(hoursAgo)
                .mapToObj(hours -> new KnownRun(
                        "run" + hours, hoursAgo(hours), "complete", true, false, OptionalLong.empty(), List.of()))
                .toList();
    }

    private static Instant hoursAgo(int hours) {
        return NOW.minus(Duration.ofHours(hours));
    }
}
