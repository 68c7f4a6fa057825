package dev.kamalbackup.drill;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/** Shell commands that list blobs as a database would. */
final class ListedBlob {
    private ListedBlob() {}

    /** The command that lists a blob of the disk service with this content. */
    static String listed(String key, String content) {
        return "echo '" + content.length() + " " + hex(key) + " " + hex(md5(content)) + " " + hex("local") + "'\n";
    }

    /** The command that lists a blob of the disk service with this content, which nothing refers to. */
    static String unattached(String key, String content) {
        return listed(key, content).replace("'\n", " 0'\n");
    }

    private static String md5(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("MD5").digest(content.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
