package dev.kamalbackup.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.plan.DumpSample;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArchiveProofTest {
    @Test
    void anArchiveThatEndsWithAClosedBlockIsWhole() {
        assertThat(flaw(archive(1, 0, 0, 0, 0, 0))).isEmpty();
    }

    @Test
    void anArchiveThatEndsWithinABlockIsCutOff() {
        assertThat(flaw(archive(1, '\\', '.', '\n', '\n')))
                .hasValueSatisfying(flaw -> assertThat(flaw).contains("cut off"));
        byte[] whole = archive(1, 'x', 0, 0, 0, 0, 0);
        for (int length = whole.length - 1; length > whole.length - 6; length--) {
            assertThat(flaw(Arrays.copyOf(whole, length)))
                    .as("%d of %d bytes", length, whole.length)
                    .isPresent();
        }
    }

    @Test
    void anotherFormatIsRefusedByName() {
        assertThat(flaw(archive(3, 0, 0, 0, 0, 0)))
                .hasValueSatisfying(flaw -> assertThat(flaw).contains("not in the custom format"));
    }

    @Test
    void textIsNoArchive() {
        assertThat(flaw("-- PostgreSQL database dump\n".getBytes(StandardCharsets.US_ASCII)))
                .hasValueSatisfying(flaw -> assertThat(flaw).contains("does not begin like an archive"));
    }

    @Test
    void nothingIsNoArchive() {
        assertThat(flaw(new byte[0])).isPresent();
        assertThat(flaw("PGDMP".getBytes(StandardCharsets.US_ASCII))).isPresent();
    }

    private static byte[] archive(int format, int... end) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("PGDMP".getBytes(StandardCharsets.US_ASCII));
        bytes.writeBytes(new byte[] {1, 15, 0, 4, 8, (byte) format});
        bytes.writeBytes("contents".getBytes(StandardCharsets.US_ASCII));
        for (int each : end) {
            bytes.write(each);
        }
        return bytes.toByteArray();
    }

    private static Optional<String> flaw(byte[] dump) {
        return new ArchiveProof().flaw(new DumpSample(dump, dump, dump.length));
    }
}
