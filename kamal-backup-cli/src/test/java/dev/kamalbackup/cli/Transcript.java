package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page of the docs shows: files, as blocks of YAML whose first line is a comment with the file's name, and commands
 * with what they print, as blocks of kind {@code console}.
 */
record Transcript(Map<String, String> files, List<Step> steps) {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(yaml|console)\n(.*?)^```$");
    private static final Pattern FILE = Pattern.compile("# ([\\w./-]+)\n");
    private static final String PROMPT = "$ ";
    private static final String CONTINUED = "> ";

    /** A command and what it prints, to standard output and standard error. */
    record Step(String command, String output) {
        @Override
        public String toString() {
            return PROMPT + command.replace("\n", "\n" + CONTINUED) + "\n" + output;
        }
    }

    static Transcript read(Path page) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        List<Step> steps = new ArrayList<>();
        for (MatchResult block : BLOCK.matcher(Files.readString(page)).results().toList()) {
            if (block.group(1).equals("console")) {
                steps.addAll(steps(block.group(2)));
            } else {
                Matcher name = FILE.matcher(block.group(2));
                assertThat(name.lookingAt())
                        .as("the first line names the file: %s", block.group(2))
                        .isTrue();
                files.put(name.group(1), block.group(2).substring(name.end()));
            }
        }
        return new Transcript(files, steps);
    }

    private static List<Step> steps(String block) {
        List<Step> steps = new ArrayList<>();
        for (String line : block.lines().toList()) {
            if (line.startsWith(PROMPT)) {
                steps.add(new Step(line.substring(PROMPT.length()), ""));
                continue;
            }
            Step step = steps.remove(steps.size() - 1);
            steps.add(
                    line.startsWith(CONTINUED)
                            ? new Step(step.command() + "\n" + line.substring(CONTINUED.length()), "")
                            : new Step(step.command(), step.output() + line + "\n"));
        }
        return steps;
    }

    /** The same where what differs from day to day is replaced by words: times, ids, sizes, durations. */
    static String timeless(String text) {
        return text.replaceAll("\\d{8}T\\d{6}Z", "RUN")
                .replaceAll("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d)?Z?", "TIME")
                .replaceAll("\\b[0-9a-f]{8}\\b", "ID")
                .replaceAll("\\b\\d+(\\.\\d+)? ([KMGT]i)?B\\b", "SIZE")
                .replaceAll("\\b\\d+ (s|min)\\b", "AGE")
                .replaceAll("restic \\d[.\\d]*", "restic VERSION")
                .replaceAll("sqlite3: .*", "sqlite3: VERSION")
                // Columns are as wide as what is in them.
                .replaceAll(" {2,}", "  ");
    }
}
