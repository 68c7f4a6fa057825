package dev.kamalbackup.postgres;

import dev.kamalbackup.plan.DumpProof;
import dev.kamalbackup.plan.DumpSample;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Judges an archive in pg_dump's custom format by its two ends. Its header is {@code PGDMP}, three bytes of version, the
 * sizes of an integer and an offset, and the format. It has no trailer, but it never ends in anything but a zero integer
 * of five bytes: each table's rows end with a block of length zero, the large objects with an object of id zero, and
 * without either the file ends with the offset zero of the last entry. (PostgreSQL's sources, pg_backup_archiver.c and
 * pg_backup_custom.c.)
 */
final class ArchiveProof implements DumpProof {
    private static final byte[] MAGIC = "PGDMP".getBytes(StandardCharsets.US_ASCII);
    private static final int MAJOR_AT = 5;
    private static final int FORMAT_AT = 10;
    private static final int CUSTOM = 1;
    private static final int ZERO_INTEGER = 5;

    @Override
    public Optional<String> flaw(DumpSample sample) {
        byte[] head = sample.head();
        if (head.length <= FORMAT_AT || !Arrays.equals(Arrays.copyOf(head, MAGIC.length), MAGIC)) {
            return Optional.of("it does not begin like an archive of pg_dump");
        }
        if (head[MAJOR_AT] != 1 || head[FORMAT_AT] != CUSTOM) {
            return Optional.of("it is an archive of pg_dump, but not in the custom format");
        }
        byte[] tail = sample.tail();
        for (int i = Math.max(0, tail.length - ZERO_INTEGER); i < tail.length; i++) {
            if (tail[i] != 0) {
                return Optional.of("it is cut off: its last block is not closed");
            }
        }
        return Optional.empty();
    }
}
