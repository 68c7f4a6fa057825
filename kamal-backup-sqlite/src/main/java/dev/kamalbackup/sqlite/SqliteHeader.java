package dev.kamalbackup.sqlite;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the first 100 bytes of a database file say (see "The Database Header" in SQLite's description of its file
 * format).
 *
 * @param pageSize the size of a page in bytes
 * @param writeAheadLog whether the database is in WAL mode
 * @param pages how many pages it has
 * @param vouchesForPages whether the page count was written with the last change: before version 3.7.0 SQLite left it as
 *     it was
 */
record SqliteHeader(int pageSize, boolean writeAheadLog, long pages, boolean vouchesForPages) {
    /** How long the header is, in bytes. */
    static final int LENGTH = 100;

    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int PAGE_SIZE = 16;
    private static final int WRITE_VERSION = 18;
    private static final int CHANGE_COUNTER = 24;
    private static final int PAGES = 28;
    private static final int VERSION_VALID_FOR = 92;

    /** The header at the beginning of these bytes; empty if they are not those of a SQLite database. */
    static Optional<SqliteHeader> parse(byte[] head) {
        if (head.length < LENGTH || !Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            return Optional.empty();
        }
        ByteBuffer bytes = ByteBuffer.wrap(head);
        int stored = Short.toUnsignedInt(bytes.getShort(PAGE_SIZE));
        // 65536 does not fit into the two bytes.
        int pageSize = stored == 1 ? 65536 : stored;
        if (pageSize < 512 || Integer.bitCount(pageSize) != 1) {
            return Optional.empty();
        }
        return Optional.of(new SqliteHeader(
                pageSize,
                bytes.get(WRITE_VERSION) == 2,
                Integer.toUnsignedLong(bytes.getInt(PAGES)),
                bytes.getInt(CHANGE_COUNTER) == bytes.getInt(VERSION_VALID_FOR)));
    }
}
