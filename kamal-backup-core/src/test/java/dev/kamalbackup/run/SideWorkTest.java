package dev.kamalbackup.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.CancelledException;
import dev.kamalbackup.process.Cancellation;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SideWorkTest {
    private final Cancellation cancellation = new Cancellation();

    @Test
    void whoeverIsInterruptedDoesNotTakeItForDone() {
        CountDownLatch cancelled = new CountDownLatch(1);
        cancellation.onCancel(cancelled::countDown);
        try (SideWork work = new SideWork("check the copy", cancellation)) {
            work.start(() -> awaited(cancelled));
            Thread.currentThread().interrupt();

            assertThatThrownBy(work::await)
                    .isInstanceOf(CancelledException.class)
                    .hasMessageContaining("check the copy")
                    .hasMessageContaining("interrupted");

            assertThat(Thread.interrupted()).isTrue();
            assertThat(cancellation.isCancelled()).isTrue();
        }
    }

    @Test
    void whatItThrewIsThrownThoughAllElseIsCancelled() {
        try (SideWork work = new SideWork("check the copy", cancellation)) {
            work.start(() -> {
                throw new IllegalArgumentException("the copy is damaged");
            });
            cancellation.cancel("something else failed");

            assertThatThrownBy(work::await).hasRootCauseMessage("the copy is damaged");
        }
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException never) {
            throw new IllegalStateException(never);
        }
    }
}
