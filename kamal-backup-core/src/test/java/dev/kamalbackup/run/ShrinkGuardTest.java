package dev.kamalbackup.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.tag.RunId;
import java.util.Map;
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
        ShrinkGuard guard = ShrinkGuard.comparing(() -> Map.of(
                "database app",
                new ShrinkGuard.Before(RunId.parse("20261124T031500Z").orElseThrow(), before)));

        assertThat(guard.flaw("database app", now).isPresent()).isEqualTo(held);
        assertThat(guard.flaw("database new", now)).isEmpty();
        assertThat(ShrinkGuard.open().flaw("database app", now)).isEmpty();
    }
}
