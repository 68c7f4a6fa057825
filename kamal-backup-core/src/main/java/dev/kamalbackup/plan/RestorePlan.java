package dev.kamalbackup.plan;

import java.nio.file.Path;
import java.util.List;

/**
 * How one database is restored. The dump is fetched to {@code dump} and proved before the first step, so that nothing is
 * touched for the sake of a dump that cannot be read. Where the load is one transaction it may begin while the dump comes
 * in, since the end, without which nothing is committed, is given only to a dump that was proved.
 *
 * @param location which database, without secrets, for people
 * @param transactional whether {@code load} is a single chain that reads {@code dump} on standard input, and commits
 *     nothing before the end of it
 * @param dump the scratch file the dump is fetched to
 * @param proof judges the fetched bytes
 * @param scan looks through the fetched dump for what the target could not take
 * @param preflight steps that change nothing and must pass before anything is touched
 * @param load steps that change the target, in order
 * @param verify steps that must pass afterwards
 */
public record RestorePlan(
        String location,
        boolean transactional,
        Path dump,
        DumpProof proof,
        DumpScan scan,
        List<CommandStep> preflight,
        List<LoadStep> load,
        List<CommandStep> verify) {
    public RestorePlan {
        preflight = List.copyOf(preflight);
        load = List.copyOf(load);
        boolean oneChain = load.size() == 1
                && load.get(0) instanceof LoadStep.Chain chain
                && chain.input().equals(dump);
        if (transactional && !oneChain) {
            throw new IllegalArgumentException("only a single chain that reads the dump can be one transaction");
        }
        verify = List.copyOf(verify);
    }
}
