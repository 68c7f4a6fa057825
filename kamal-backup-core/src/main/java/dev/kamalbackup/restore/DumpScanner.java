package dev.kamalbackup.restore;

import dev.kamalbackup.plan.DumpScan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;

/** Carries out a {@link DumpScan} in constant memory. */
public final class DumpScanner {
    private final DumpScan scan;
    private final SortedSet<String> found = new TreeSet<>();
    private final byte[] beginning = new byte[DumpScan.BEGINNING];
    private int length;

    private DumpScanner(DumpScan scan) {
        this.scan = scan;
    }

    /** What the scan finds to be wrong with this dump; empty if nothing is. */
    public static Optional<String> flaw(DumpScan scan, Path dump) throws IOException {
        if (!scan.isNeeded()) {
            return Optional.empty();
        }
        DumpScanner scanner = new DumpScanner(scan);
        scanner.read(dump);
        return scan.verdict().flaw(scanner.found);
    }

    private void read(Path dump) throws IOException {
        byte[] chunk = new byte[256 * 1024];
        try (InputStream bytes = Files.newInputStream(dump)) {
            for (int read = bytes.read(chunk); read >= 0; read = bytes.read(chunk)) {
                for (int i = 0; i < read; i++) {
                    accept(chunk[i]);
                }
            }
        }
        endLine();
    }

    private void accept(byte letter) {
        if (letter == '\n') {
            endLine();
        } else if (length < beginning.length) {
            beginning[length++] = letter;
        }
    }

    private void endLine() {
        Matcher match = scan.line().matcher(new String(beginning, 0, length, StandardCharsets.ISO_8859_1));
        if (match.find()) {
            found.add(match.group(1));
        }
        length = 0;
    }
}
