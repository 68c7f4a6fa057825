package dev.kamalbackup.plan;

/**
 * What is known of a dump after it went by: enough to judge whether it is whole.
 *
 * @param head its first bytes, up to {@link #EDGE}
 * @param tail its last bytes, up to {@link #EDGE}
 * @param bytes its length in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, compared never
public record DumpSample(byte[] head, byte[] tail, long bytes) {
    /** How many bytes are kept of each end. */
    public static final int EDGE = 4096;
}
