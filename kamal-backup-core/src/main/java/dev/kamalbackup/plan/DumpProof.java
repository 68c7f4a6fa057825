package dev.kamalbackup.plan;

import java.util.Optional;

/** Judges whether a dump is complete, from its two ends and its length. Must be a pure function. */
@FunctionalInterface
public interface DumpProof {
    /** What shows that the dump is not whole ("the trailer is missing"); empty when it proves complete. */
    Optional<String> flaw(DumpSample sample);
}
