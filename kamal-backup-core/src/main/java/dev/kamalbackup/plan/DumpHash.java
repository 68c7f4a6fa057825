package dev.kamalbackup.plan;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of a dump's bytes as they go by. Not safe for several threads. */
public final class DumpHash {
    private final MessageDigest digest = sha256();

    /** A hash of nothing yet. */
    public DumpHash() {}

    /** Takes the next bytes. */
    public void accept(byte[] chunk, int length) {
        digest.update(chunk, 0, length);
    }

    /** The hash of all bytes in hexadecimal; call once, at the end. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
