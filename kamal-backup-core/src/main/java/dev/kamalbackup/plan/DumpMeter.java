package dev.kamalbackup.plan;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** Counts and hashes the bytes of a dump as they go by, and keeps its two ends. Not safe for several threads. */
public final class DumpMeter {
    private final MessageDigest digest = sha256();
    private final byte[] head = new byte[DumpSample.EDGE];
    private final byte[] tail = new byte[DumpSample.EDGE];
    private int headLength;
    private int tailLength;
    private long bytes;

    /** A meter through which nothing has gone yet. */
    public DumpMeter() {}

    /** Takes the next bytes. */
    public void accept(byte[] chunk, int length) {
        digest.update(chunk, 0, length);
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

    /** The SHA-256 of all bytes in hexadecimal; call once, at the end. */
    public String sha256Hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private void keepTail(byte[] chunk, int length) {
        int fromChunk = Math.min(length, tail.length);
        int kept = Math.min(tailLength, tail.length - fromChunk);
        System.arraycopy(tail, tailLength - kept, tail, 0, kept);
        System.arraycopy(chunk, length - fromChunk, tail, kept, fromChunk);
        tailLength = kept + fromChunk;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
