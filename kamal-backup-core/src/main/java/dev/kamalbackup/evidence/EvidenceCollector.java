package dev.kamalbackup.evidence;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.catalog.RunCatalog;
import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.CancelledException;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.error.StateException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.run.PlanningContext;
import dev.kamalbackup.spi.AdapterContext;
import dev.kamalbackup.spi.Adapters;
import dev.kamalbackup.state.History;
import dev.kamalbackup.state.StateFolder;
import dev.kamalbackup.tag.Names;
import dev.kamalbackup.tag.TagSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects evidence, and changes nothing. */
public final class EvidenceCollector {
    /** Enough for a schedule that leaves out the weekend. */
    private static final int SAMPLED_INTERVALS = 30;

    private final Settings settings;
    private final Adapters adapters;
    private final Map<String, String> environment;
    private final Restic restic;
    private final StateFolder state;
    private final ProcessLauncher launcher;
    private final Redactor redactor;
    private final Clock clock;

    public EvidenceCollector(
            Settings settings,
            Adapters adapters,
            Map<String, String> environment,
            Restic restic,
            StateFolder state,
            ProcessLauncher launcher,
            Redactor redactor,
            Clock clock) {
        this.settings = settings;
        this.adapters = adapters;
        this.environment = Map.copyOf(environment);
        this.restic = restic;
        this.state = state;
        this.launcher = launcher;
        this.redactor = redactor;
        this.clock = clock;
    }

    /**
     * Everything there is to show. A repository that cannot be reached is part of it, not a failure.
     *
     * @param version the version of this library
     * @throws StateException if the history cannot be read
     */
    public Evidence collect(String version, Cancellation cancellation) {
        Instant now = clock.instant();
        History history = state.history();
        Chronicle chronicle = Chronicle.read(history.entries(), history.lines().size(), redactor);
        RepositoryState repository = repository(cancellation);
        List<KnownRun> made = made(repository, chronicle);
        return new Evidence(
                settings.app(),
                Names.host(settings.app(), settings.accessory()),
                now,
                version,
                configuration(),
                repository,
                made,
                record(state::lastCheck),
                record(state::lastDrill),
                chronicle,
                history.prove(),
                RecoveryPoint.of(made, now),
                RecoveryTime.of(chronicle),
                tools(cancellation));
    }

    private RepositoryState repository(Cancellation cancellation) {
        try {
            restic.version(cancellation);
            return new RepositoryState.Reached(
                    RunCatalog.of(restic.snapshots(TagSet.ofApp(settings.app()), cancellation))
                            .runs());
        } catch (CancelledException cancelled) {
            throw cancelled;
        } catch (KamalBackupException unreachable) {
            return new RepositoryState.Unreachable(
                    redactor.redact(unreachable.fault().summary()));
        }
    }

    /** The history also knows runs that were removed since; the repository those of before there was a history. */
    private static List<KnownRun> made(RepositoryState repository, Chronicle chronicle) {
        Map<String, KnownRun> runs = new LinkedHashMap<>();
        if (repository instanceof RepositoryState.Reached reached) {
            reached.runs().stream().map(KnownRun::of).forEach(run -> runs.put(run.id(), run));
        }
        chronicle.events().stream()
                .filter(event -> event.kind().equals("backup"))
                .flatMap(event -> KnownRun.of(event).stream())
                // The repository knows whether a run still is what it was.
                .forEach(run -> runs.putIfAbsent(run.id(), run));
        return runs.values().stream()
                .filter(run -> !run.safety())
                .sorted(Comparator.comparing(KnownRun::time).reversed())
                .toList();
    }

    private Configuration configuration() {
        String repository = restic.repository();
        return new Configuration(
                settings.databases().stream()
                        .map(database -> new Configuration.ConfiguredDatabase(database.name(), adapterId(database)))
                        .toList(),
                redactor.redact(repository),
                settings.paths().stream()
                        .map(path -> redactor.redact(path.path().toString()))
                        .toList(),
                settings.backup().enabled(),
                settings.backup().schedule().toString(),
                longestInterval(),
                settings.maintenance().forgetAfterBackup(),
                settings.maintenance().retention(),
                new Fingerprint(settings, adapters, repository).sha256());
    }

    private Duration longestInterval() {
        return Collections.max(settings.backup().schedule().intervals(clock.instant(), SAMPLED_INTERVALS));
    }

    private String adapterId(DatabaseSettings database) {
        return adapters.find(database.adapter())
                .map(adapter -> adapter.description().id())
                .orElse(database.adapter());
    }

    /** One that cannot be read is part of the evidence, too. */
    private Optional<ObjectNode> record(Supplier<Optional<ObjectNode>> reading) {
        try {
            return reading.get().map(new RecordRedaction(redactor)::of);
        } catch (StateException unreadable) {
            return Optional.of(JsonNodeFactory.instance
                    .objectNode()
                    .put("error", redactor.redact(unreadable.fault().summary())));
        }
    }

    private Map<String, String> tools(Cancellation cancellation) {
        ToolVersions versions = new ToolVersions(environment, launcher, cancellation);
        for (DatabaseSettings database : settings.databases()) {
            AdapterContext context =
                    new PlanningContext(environment, state.scratch().resolve(database.name()), launcher, cancellation);
            adapters.find(database.adapter()).ifPresent(adapter -> versions.learn(database, adapter, context));
        }
        Map<String, String> redacted = new LinkedHashMap<>();
        versions.ask(settings.restic().program())
                .forEach((name, version) -> redacted.put(name, redactor.redact(version)));
        return redacted;
    }
}
