package dev.kamalbackup.diagnosis;

import dev.kamalbackup.config.Settings;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.spi.Adapters;
import dev.kamalbackup.state.StateFolder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Looks at everything a backup needs, and changes nothing. */
public final class Doctor {
    private final Settings settings;
    private final Adapters adapters;
    private final Map<String, String> environment;
    private final Restic restic;
    private final StateFolder state;
    private final ProcessLauncher launcher;
    private final Clock clock;

    public Doctor(
            Settings settings,
            Adapters adapters,
            Map<String, String> environment,
            Restic restic,
            StateFolder state,
            ProcessLauncher launcher,
            Clock clock) {
        this.settings = settings;
        this.adapters = adapters;
        this.environment = environment;
        this.restic = restic;
        this.state = state;
        this.launcher = launcher;
        this.clock = clock;
    }

    /** Files that are configured and do not exist; nothing is opened, nobody is asked. */
    public List<Finding> missing() {
        List<Finding> findings = new ArrayList<>(databases(new Cancellation()).missing());
        new PathsCheck(settings.paths())
                .findings().stream()
                        .filter(finding -> finding.level() != Finding.Level.OK)
                        .forEach(findings::add);
        return findings;
    }

    /** What a run would meet first: folders, the repository, each database, each path. */
    public List<Finding> essentials(Cancellation cancellation) {
        List<Finding> findings = new ArrayList<>();
        findings.addAll(new StateCheck(state).findings());
        findings.addAll(repository(cancellation).findings());
        findings.addAll(databases(cancellation).reachable());
        findings.addAll(new PathsCheck(settings.paths()).findings());
        return findings;
    }

    /** The essentials, and tools, clock, locks, and what works today and will hurt one day. */
    public List<Finding> everything(Cancellation cancellation) {
        List<Finding> findings = new ArrayList<>();
        DatabasesCheck databases = databases(cancellation);
        findings.addAll(databases.tools());
        findings.addAll(new StateCheck(state).findings());
        RepositoryCheck repository = repository(cancellation);
        findings.addAll(repository.findings());
        findings.addAll(repository.locks());
        findings.addAll(new ClockCheck(clock, state, repository.newestRun()).findings());
        findings.addAll(databases.reachable());
        findings.addAll(databases.concerns());
        findings.addAll(new PathsCheck(settings.paths()).findings());
        return findings;
    }

    private RepositoryCheck repository(Cancellation cancellation) {
        return new RepositoryCheck(settings, restic, clock, cancellation);
    }

    private DatabasesCheck databases(Cancellation cancellation) {
        return new DatabasesCheck(settings, adapters, environment, state.scratch(), launcher, cancellation);
    }
}
