package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.CancelledException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SignalsTest {
    private final CannedVerbs verbs = new CannedVerbs();
    private final Signals signals = new Signals();

    @Test
    void aSignalCancelsTheWorkAndWaitsUntilItHasEnded() throws Exception {
        signals.working(verbs::cancel);
        CompletableFuture<Void> hook = CompletableFuture.runAsync(() -> signals.received(60_000));
        while (verbs.asked.isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(hook).isNotDone();

        signals.finished();

        hook.get(10, TimeUnit.SECONDS);
        assertThat(verbs.asked).containsExactly("cancel: stopped by a signal");
    }

    @Test
    void patienceEnds() {
        signals.working(verbs::cancel);

        signals.received(10);

        assertThat(verbs.asked).hasSize(1);
    }

    @Test
    void workThatBeginsAfterTheSignalIsCancelledAtOnce() {
        signals.received(10);

        signals.working(verbs::cancel);

        assertThat(verbs.asked).hasSize(1);
    }

    @Test
    void anUnansweredQuestionHoldsNobodyUpAndNothingIsDoneAfterIt() {
        signals.working(verbs::cancel);
        signals.asking();

        signals.received(60_000);

        assertThat(verbs.asked).isEmpty();
        assertThatThrownBy(signals::answered)
                .isInstanceOf(CancelledException.class)
                .hasMessageContaining("interrupted");
    }

    @Test
    void afterTheWorkTheEndOfTheJvmIsNotHeldUp() {
        signals.working(verbs::cancel);
        signals.finished();

        signals.received(60_000);

        assertThat(verbs.asked).isEmpty();
    }
}
