package dev.kamalbackup.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.tag.RunId;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShrinkGuardTest {
    @ParameterizedTest
    @CsvSource({
        "3000000, 1000000, false",
        "3000000, 999999, true",
        "3000000, 4000000, false",
        "32768, 100, true",
        "32767, 100, false",
    })
    void aDumpOfLessThanAThirdIsHeldBack(long before, long now, boolean held) {
        ShrinkGuard guard = ShrinkGuard.comparing(stop -> Map.of(
                "database app",
                new ShrinkGuard.Before(RunId.parse("20261124T031500Z").orElseThrow(), before)));

        guard.ask(new Cancellation());
        assertThat(guard.flaw("database app", now).isPresent()).isEqualTo(held);
        assertThat(guard.flaw("database new", now)).isEmpty();
    }

    @Test
    void anOpenOneLetsEverythingThrough() {
        ShrinkGuard open = ShrinkGuard.open();
        open.ask(new Cancellation());
        assertThat(open.flaw("database app", 0)).isEmpty();
    }

    @Test
    void theDumpsBeforeAreAskedForOnce() {
        AtomicInteger asked = new AtomicInteger();
        ShrinkGuard guard = ShrinkGuard.comparing(stop -> {
            asked.incrementAndGet();
            return Map.of();
        });

        guard.ask(new Cancellation());
        guard.ask(new Cancellation());

        assertThat(asked).hasValue(1);
    }
}
