package dev.kamalbackup.process;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What a program writes, line by line, in UTF-8; no line may be longer than {@value #LONGEST} bytes. */
public final class LineInput {
    /** More than any line has that is meant to be read by line. */
    public static final int LONGEST = 64 * 1024;

    private final InputStream bytes;

    public LineInput(InputStream bytes) {
        this.bytes = new BufferedInputStream(bytes);
    }

    /** The next line without its end; null behind the last one. */
    public @Nullable String next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int next = bytes.read();
        if (next < 0) {
            return null;
        }
        while (next >= 0 && next != '\n') {
            if (line.size() == LONGEST) {
                throw new IOException("a line is longer than " + LONGEST + " bytes");
            }
            line.write(next);
            next = bytes.read();
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
