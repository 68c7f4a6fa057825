package dev.kamalbackup.plan;

import java.nio.file.Path;
import java.util.List;

/**
 * How one database is restored. The dump is always fetched to {@code dump} and proved before the first step, so that
 * nothing is touched for the sake of a dump that cannot be read.
 *
 * @param location which database, without secrets, for people
 * @param dump the scratch file the dump is fetched to
 * @param proof judges the fetched bytes
 * @param scan looks through the fetched dump for what the target could not take
 * @param preflight steps that change nothing and must pass before anything is touched
 * @param load steps that change the target, in order
 * @param verify steps that must pass afterwards
 */
public record RestorePlan(
        String location,
        Path dump,
        DumpProof proof,
        DumpScan scan,
        List<CommandStep> preflight,
        List<LoadStep> load,
        List<CommandStep> verify) {
    public RestorePlan {
        preflight = List.copyOf(preflight);
        load = List.copyOf(load);
        verify = List.copyOf(verify);
    }
}
