package dev.kamalbackup.sqlite;

import dev.kamalbackup.plan.DumpSample;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Database files that are a header and zeros. */
final class Headers {
    private Headers() {}

    /** A whole file with this page size as it is stored, and this many pages. */
    static byte[] file(int storedPageSize, int pageSize, int pages) {
        ByteBuffer bytes = ByteBuffer.allocate(pageSize * pages);
        bytes.put("SQLite format 3\0".getBytes(StandardCharsets.US_ASCII));
        bytes.putShort(16, (short) storedPageSize);
        bytes.put(18, (byte) 1);
        bytes.put(19, (byte) 1);
        bytes.putInt(24, 7);
        bytes.putInt(28, pages);
        bytes.putInt(92, 7);
        return bytes.array();
    }

    static DumpSample sample(byte[] file) {
        int edge = Math.min(file.length, DumpSample.EDGE);
        return new DumpSample(
                Arrays.copyOf(file, edge), Arrays.copyOfRange(file, file.length - edge, file.length), file.length);
    }
}
