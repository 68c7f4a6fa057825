package dev.kamalbackup.cli;

import dev.kamalbackup.catalog.RunChoice;
import dev.kamalbackup.restore.PartChoice;
import dev.kamalbackup.restore.RestoreRequest;
import dev.kamalbackup.spi.RestoreOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which run, and what of it: the same for every command that brings something back. */
final class RunSelection {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(
            paramLabel = "RUN",
            arity = "0..1",
            description = "latest, a run id, or the id of a snapshot (default: latest).")
    private @Nullable String run;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "The newest complete run that is not younger: 2026-11-23, 2026-11-23T14:30, both in UTC, or"
                    + " with an offset, as in 2026-11-23T14:30+01:00.")
    private @Nullable String at;

    @Option(
            names = "--only",
            paramLabel = "PART",
            split = ",",
            description = "Only this part: database, database:NAME, or files. May be given several times.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--path",
            paramLabel = "PATH",
            description = "Of the files only this one, or this folder. May be given several times.")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--incomplete", description = "Take the run even if it is not complete: restore what it has.")
    private boolean incomplete;

    @Option(
            names = "--in-place",
            description = "Let restic change only what differs in the live files: no second copy of them is made, and"
                    + " nothing can be put back.")
    private boolean inPlace;

    /** The run that is meant. */
    RunChoice run() {
        if (run != null && run.isBlank()) {
            // An unset variable in a script must not choose a run by accident.
            throw misuse("RUN must not be empty");
        }
        if (at == null) {
            return run == null ? RunChoice.latest() : RunChoice.of(run);
        }
        if (run != null) {
            throw misuse("--at TIME chooses the run; leave out RUN");
        }
        String text = at;
        return new RunChoice.At(Moments.parse(text)
                .orElseThrow(() -> misuse("--at expects a time such as 2026-11-23T14:30Z, not \"" + text + "\"")));
    }

    RestoreRequest request(RestoreOptions options) {
        return new RestoreRequest(run(), parts(), incomplete, inPlace, true, options);
    }

    private PartChoice parts() {
        try {
            return PartChoice.of(only, paths.stream().map(Path::toAbsolutePath).toList());
        } catch (IllegalArgumentException unknown) {
            throw misuse("--only: " + unknown.getMessage());
        }
    }

    private CommandLine.ParameterException misuse(String reason) {
        return new CommandLine.ParameterException(spec.commandLine(), reason);
    }
}
