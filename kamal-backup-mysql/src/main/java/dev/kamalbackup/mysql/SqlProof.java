package dev.kamalbackup.mysql;

import dev.kamalbackup.plan.DumpProof;
import dev.kamalbackup.plan.DumpSample;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Judges a dump in SQL by its two ends. No row can forge the end: in a dump's strings, line breaks are escaped.
 *
 * @param endings what its last line may begin with
 */
record SqlProof(List<String> endings) implements DumpProof {
    private static final String TRAILER = "-- Dump completed";

    /** The last line of a dump without comments; the predecessor made such. */
    private static final List<String> LAST_STATEMENTS =
            List.of("/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES", "/*M!100616 SET NOTE_VERBOSITY=@OLD_NOTE_VERBOSITY");

    SqlProof {
        endings = List.copyOf(endings);
    }

    /** For a dump as it is made here: it ends with the dumper's own word that it is whole. */
    static SqlProof ofNewDump() {
        return new SqlProof(List.of(TRAILER));
    }

    /** For a dump that may be the predecessor's. */
    static SqlProof ofAnyDump() {
        return new SqlProof(List.of(TRAILER, LAST_STATEMENTS.get(0), LAST_STATEMENTS.get(1)));
    }

    @Override
    public Optional<String> flaw(DumpSample sample) {
        String head = new String(sample.head(), StandardCharsets.UTF_8).stripLeading();
        if (!head.startsWith("--") && !head.startsWith("/*")) {
            return Optional.of("it does not begin like a dump in SQL");
        }
        String tail = new String(sample.tail(), StandardCharsets.UTF_8).stripTrailing();
        String lastLine = tail.substring(tail.lastIndexOf('\n') + 1);
        return endings.stream().anyMatch(lastLine::startsWith) && sample.tail()[sample.tail().length - 1] == '\n'
                ? Optional.empty()
                : Optional.of("it is cut off: its last line is not \"" + TRAILER + "\"");
    }
}
