package dev.kamalbackup.restore;

import dev.kamalbackup.plan.LeadingLines;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Leaves the given lines out of the beginning of a stream; every other byte goes through as it is. */
final class LeadingLineFilter {
    /** No line that is looked for is as long. */
    private static final int LONGEST = 4096;

    private final LeadingLines lines;
    private final Source source;
    private ByteArrayInputStream beginning = new ByteArrayInputStream(new byte[0]);
    private boolean begun;
    private boolean ended;

    LeadingLineFilter(LeadingLines lines, Source source) {
        this.lines = lines;
        this.source = source;
        this.begun = lines.isEmpty();
    }

    /** Where the bytes come from; -1 at their end, which is not read past. */
    @FunctionalInterface
    interface Source {
        int read(byte[] chunk) throws IOException;
    }

    /** Reads the next bytes into the chunk; -1 at their end. */
    int read(byte[] chunk) throws IOException {
        if (!begun) {
            begun = true;
            beginning = new ByteArrayInputStream(beginning(chunk));
        }
        if (beginning.available() > 0) {
            return beginning.read(chunk, 0, chunk.length);
        }
        return ended ? -1 : source.read(chunk);
    }

    /** Everything that must be seen to know all lines that are looked at, without those that are left out. */
    private byte[] beginning(byte[] chunk) throws IOException {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int seen = 0;
        while (seen < lines.most()) {
            int length = source.read(chunk);
            if (length < 0) {
                ended = true;
                break;
            }
            for (int i = 0; i < length; i++) {
                line.write(chunk[i]);
                boolean looking = seen < lines.most();
                if (looking && (chunk[i] == '\n' || line.size() > LONGEST)) {
                    seen = keep(line, kept) ? lines.most() : seen + 1;
                }
            }
        }
        line.writeTo(kept);
        return kept.toByteArray();
    }

    /** Keeps the line unless it is to be left out; whether it was the last to be looked at. */
    private boolean keep(ByteArrayOutputStream line, ByteArrayOutputStream kept) throws IOException {
        String text = line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
        if (!lines.leaveOut().contains(text)) {
            line.writeTo(kept);
        }
        line.reset();
        return text.equals(lines.last());
    }
}
