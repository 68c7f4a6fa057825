package dev.kamalbackup.upkeep;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much of the data a check reads: of one written as {@code n/t} each check takes the next, until all were read. */
final class ReadSubset {
    private static final Pattern SHARE = Pattern.compile("(\\d+)/(\\d+)");

    private ReadSubset() {}

    /**
     * What the next check reads.
     *
     * @param configured in restic's own writing; empty for none
     * @param last the record of the last check
     */
    static String next(String configured, Optional<ObjectNode> last) {
        Matcher wanted = SHARE.matcher(configured);
        if (!wanted.matches()) {
            return configured;
        }
        return last.map(record -> SHARE.matcher(record.path("subset").asText()))
                .filter(Matcher::matches)
                .filter(before -> before.group(2).equals(wanted.group(2)))
                .map(before -> follow(before, last.orElseThrow()))
                .orElse(configured);
    }

    /** What a failed check has read is read again. */
    private static String follow(Matcher before, ObjectNode record) {
        long share = Long.parseLong(before.group(1));
        long of = Long.parseLong(before.group(2));
        boolean passed = record.path("status").asText().equals("ok");
        return (passed ? share % of + 1 : share) + "/" + of;
    }
}
