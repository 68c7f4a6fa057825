package dev.kamalbackup.state;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** The history's lines as bytes: what is half, or damaged, need not be text. */
final class HistoryLines {
    private HistoryLines() {}

    static List<byte[]> read(Path file) throws IOException {
        return Files.exists(file) ? split(Files.readAllBytes(file)) : List.of();
    }

    /** Only a line feed ends a line, and the last may lack it. */
    static List<byte[]> split(byte[] bytes) {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                lines.add(Arrays.copyOfRange(bytes, start, i));
                start = i + 1;
            }
        }
        if (start < bytes.length) {
            lines.add(Arrays.copyOfRange(bytes, start, bytes.length));
        }
        return lines;
    }

    static String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8);
    }

    static String hash(String line) {
        return hash(List.of(line.getBytes(StandardCharsets.UTF_8)));
    }

    /** Of lines that are hashed together, with the line feeds between them. */
    static String hash(List<byte[]> lines) {
        MessageDigest digest = sha256();
        for (int i = 0; i < lines.size(); i++) {
            if (i > 0) {
                digest.update((byte) '\n');
            }
            digest.update(lines.get(i));
        }
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
