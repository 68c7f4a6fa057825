package dev.kamalbackup.restic;

import dev.kamalbackup.plan.DumpSample;

/**
 * A dump that was fetched whole out of a snapshot.
 *
 * @param bytes its length
 * @param sample its two ends, for the adapter's proof
 */
public record DumpFetch(long bytes, DumpSample sample) {}
