package dev.kamalbackup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.plan.LeadingLines;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left out of the beginning of a stream, and that no other byte is touched, however it comes in. */
class LeadingLineFilterTest {
    private static final LeadingLines SETTINGS = new LeadingLines(Set.of("SET new = 0;"), "SET last = off;", 6);
    private static final String ROWS = "SET new = 0;\nSET last = off;\n\\.\n";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 13, 64, 65536})
    void linesAreLeftOutOfTheBeginningAlone(int chunk) throws IOException {
        byte[] rows = new byte[20_000];
        new Random(7).nextBytes(rows);

        byte[] filtered =
                filtered(SETTINGS, chunk, bytes("--\n SET new = 0;\nSET new = 0;  \nSET last = off;\n" + ROWS), rows);

        assertThat(filtered).isEqualTo(joined(bytes("--\n SET new = 0;\nSET last = off;\n" + ROWS), rows));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 65536})
    void withoutTheLastLineTheNumberCounts(int chunk) throws IOException {
        byte[] filtered = filtered(SETTINGS, chunk, bytes("SET new = 0;\n2\n3\n4\n5\nSET new = 0;\nSET new = 0;\n"));

        assertThat(filtered).isEqualTo(bytes("2\n3\n4\n5\nSET new = 0;\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "SET new = 0;", "no end", "a\nb", "\n\n"})
    void whatEndsEarlyGoesThroughAsItIs(String text) throws IOException {
        assertThat(filtered(SETTINGS, 3, bytes(text))).isEqualTo(bytes(text));
    }

    @Test
    void oneEndlessLineIsNotKeptInMemory() throws IOException {
        byte[] endless = new byte[1_000_000];

        assertThat(filtered(SETTINGS, 65536, endless)).isEqualTo(endless);
    }

    @Test
    void nothingIsLookedForWhenNothingIsLeftOut() throws IOException {
        assertThat(filtered(LeadingLines.none(), 4, bytes(ROWS))).isEqualTo(bytes(ROWS));
    }

    private static byte[] filtered(LeadingLines lines, int chunk, byte[]... parts) throws IOException {
        ByteArrayInputStream input = new ByteArrayInputStream(joined(parts));
        boolean[] ended = new boolean[1];
        LeadingLineFilter filter = new LeadingLineFilter(lines, into -> {
            assertThat(ended[0]).as("read past the end").isFalse();
            int length = input.read(into);
            ended[0] = length < 0;
            return length;
        });
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        byte[] bytes = new byte[chunk];
        for (int length = filter.read(bytes); length >= 0; length = filter.read(bytes)) {
            assertThat(length).isPositive();
            output.write(bytes, 0, length);
        }
        return output.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
