package dev.kamalbackup.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.plan.DumpSample;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqliteProofTest {
    @ParameterizedTest
    @CsvSource({"512, 512", "4096, 4096", "32768, 32768", "1, 65536"})
    void everyPageSizeProves(int stored, int pageSize) {
        assertThat(flaw(Headers.file(stored, pageSize, 3))).isEmpty();
        assertThat(flaw(Headers.file(stored, pageSize, 1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {99, 100, 4095, 4096, 8192, 12287, 12289, 16384})
    void aByteMoreOrLessIsSeen(int length) {
        assertThat(flaw(Arrays.copyOf(Headers.file(4096, 4096, 3), length))).isPresent();
    }

    @Test
    void theMessageCounts() {
        assertThat(flaw(Arrays.copyOf(Headers.file(4096, 4096, 3), 8192)))
                .contains("it has 8192 bytes, and its header says 12288 (3 pages of 4096 bytes)");
    }

    @Test
    void emptyAndForeignBytesAreNoDatabase() {
        assertThat(flaw(new byte[0])).isPresent();
        assertThat(flaw(new byte[12288])).isPresent();
        byte[] almost = Headers.file(4096, 4096, 3);
        almost[15] = 1;
        assertThat(flaw(almost)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 256, 1000, 4097, 65535})
    void aPageSizeThatCannotBeIsNoDatabase(int stored) {
        assertThat(flaw(Headers.file(stored, 4096, 3))).isPresent();
    }

    @Test
    void aPageCountThatTheLastChangeDidNotWriteProvesNothing() {
        byte[] stale = Headers.file(4096, 4096, 3);
        ByteBuffer.wrap(stale).putInt(92, 6);
        assertThat(flaw(stale)).contains("its header does not vouch for the number of pages");

        byte[] none = Headers.file(4096, 4096, 3);
        ByteBuffer.wrap(none).putInt(28, 0);
        assertThat(flaw(none)).isPresent();
    }

    @Test
    void aCopyBeyondFourGigabytesIsCountedRight() {
        byte[] head = Headers.file(1, 65536, 1);
        ByteBuffer.wrap(head).putInt(28, 0xfffffffe);

        assertThat(new SqliteProof().flaw(new DumpSample(Arrays.copyOf(head, 4096), new byte[0], 281474976579584L)))
                .isEmpty();
    }

    private static Optional<String> flaw(byte[] file) {
        return new SqliteProof().flaw(Headers.sample(file));
    }
}
