package dev.kamalbackup.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Passes on a plan that is printed elsewhere, and finds out which run it is for. */
final class PlannedRun {
    /** As {@link RestoreDialogue#show} writes it. */
    private static final Pattern RUN = Pattern.compile("^run (\\d{8}T\\d{6}Z), ", Pattern.MULTILINE);

    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final PrintStream output;

    /** @param reader where the plan is read */
    PlannedRun(PrintStream reader) {
        this.output = new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int single) {
                        reader.write(single);
                        text.write(single);
                    }

                    @Override
                    public void write(byte[] bytes, int offset, int length) {
                        reader.write(bytes, offset, length);
                        text.write(bytes, offset, length);
                    }

                    @Override
                    public void flush() throws IOException {
                        reader.flush();
                    }
                },
                true,
                StandardCharsets.UTF_8);
    }

    /** Where the plan is to be printed. */
    PrintStream output() {
        return output;
    }

    /** The run's id; empty if the plan does not tell. */
    Optional<String> id() {
        Matcher run = RUN.matcher(text.toString(StandardCharsets.UTF_8));
        return run.find() ? Optional.of(run.group(1)) : Optional.empty();
    }
}
