package dev.kamalbackup.sqlite;

import dev.kamalbackup.plan.DumpProof;
import dev.kamalbackup.plan.DumpSample;
import java.util.Optional;

/**
 * A copy is whole if it is as long as its header says. The backup API always writes the page count together with the
 * change counter, so a copy whose header does not vouch for its page count was not finished by it.
 */
record SqliteProof() implements DumpProof {
    @Override
    public Optional<String> flaw(DumpSample sample) {
        Optional<SqliteHeader> parsed = SqliteHeader.parse(sample.head());
        if (parsed.isEmpty()) {
            return Optional.of("it does not begin with the header of a SQLite database");
        }
        SqliteHeader header = parsed.get();
        if (header.pages() == 0 || !header.vouchesForPages()) {
            return Optional.of("its header does not vouch for the number of pages");
        }
        long expected = header.pages() * header.pageSize();
        if (sample.bytes() != expected) {
            return Optional.of("it has " + sample.bytes() + " bytes, and its header says " + expected + " ("
                    + header.pages() + " pages of " + header.pageSize() + " bytes)");
        }
        return Optional.empty();
    }
}
