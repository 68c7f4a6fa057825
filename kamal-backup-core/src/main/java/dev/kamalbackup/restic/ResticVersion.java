package dev.kamalbackup.restic;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version of restic, and what differs between versions: the only place that knows. */
public record ResticVersion(int major, int minor, int patch) implements Comparable<ResticVersion> {
    /** The first with all of exit codes 10, 11, 12 and {@code --stdin-from-command}. */
    public static final ResticVersion OLDEST = new ResticVersion(0, 17, 1);

    private static final Pattern LINE = Pattern.compile("restic (\\d+)\\.(\\d+)\\.(\\d+)");

    /** Reads the first line of {@code restic version}. */
    public static Optional<ResticVersion> parse(String output) {
        Matcher matcher = LINE.matcher(output);
        return matcher.find()
                ? Optional.of(new ResticVersion(
                        Integer.parseInt(matcher.group(1)),
                        Integer.parseInt(matcher.group(2)),
                        Integer.parseInt(matcher.group(3))))
                : Optional.empty();
    }

    /** Whether this version can be used at all. */
    public boolean isUsable() {
        return compareTo(OLDEST) >= 0;
    }

    /** 0.18.0 alone fails on a slash in {@code --stdin-filename}: "open /a: no such file" (restic #5324). */
    public boolean takesNestedStdinNames() {
        return !equals(new ResticVersion(0, 18, 0));
    }

    @Override
    public int compareTo(ResticVersion other) {
        return Comparator.comparingInt(ResticVersion::major)
                .thenComparingInt(ResticVersion::minor)
                .thenComparingInt(ResticVersion::patch)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch;
    }
}
