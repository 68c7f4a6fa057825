package dev.kamalbackup.plan;

import java.util.Arrays;

/** Counts the bytes of a dump as they go by, and keeps its two ends. Not safe for several threads. */
public final class DumpMeter {
    private final byte[] head = new byte[DumpSample.EDGE];
    private final byte[] tail = new byte[DumpSample.EDGE];
    private int headLength;
    private int tailLength;
    private long bytes;

    /** A meter through which nothing has gone yet. */
    public DumpMeter() {}

    /** Takes the next bytes. */
    public void accept(byte[] chunk, int length) {
        bytes += length;
        if (headLength < head.length) {
            int taken = Math.min(head.length - headLength, length);
            System.arraycopy(chunk, 0, head, headLength, taken);
            headLength += taken;
        }
        keepTail(chunk, length);
    }

    /** How many bytes went by. */
    public long bytes() {
        return bytes;
    }

    /** The two ends and the length. */
    public DumpSample sample() {
        return new DumpSample(Arrays.copyOf(head, headLength), Arrays.copyOf(tail, tailLength), bytes);
    }

    private void keepTail(byte[] chunk, int length) {
        int fromChunk = Math.min(length, tail.length);
        int kept = Math.min(tailLength, tail.length - fromChunk);
        System.arraycopy(tail, tailLength - kept, tail, 0, kept);
        System.arraycopy(chunk, length - fromChunk, tail, kept, fromChunk);
        tailLength = kept + fromChunk;
    }
}
