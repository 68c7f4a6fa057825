package dev.kamalbackup.restore;

import dev.kamalbackup.error.CancelledException;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.error.RestoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** How far a restore has come: which phase, how long each took, and in which state each target is. */
public final class RestoreProgress {
    /** The state of a target that nothing was done to yet, or nothing that is left. */
    static final String UNTOUCHED = "untouched";

    private static final String RESTORED = "restored";

    private final Clock clock;
    private final Instant startedAt;
    private final Map<String, Duration> phases = new LinkedHashMap<>();
    private final Map<String, String> targets = new LinkedHashMap<>();
    private String phase;
    private Instant phaseSince;

    /** It begins now, with this phase. */
    public RestoreProgress(Clock clock, String phase) {
        this.clock = clock;
        this.startedAt = clock.instant();
        this.phase = phase;
        this.phaseSince = startedAt;
    }

    /** When it began. */
    public Instant startedAt() {
        return startedAt;
    }

    /** The phase under way, as in {@code plan} or {@code fetch}. */
    public String phase() {
        return phase;
    }

    /** The next phase begins; one that comes again goes on. */
    public void phase(String next) {
        Instant now = clock.instant();
        phases.merge(phase, Duration.between(phaseSince, now), Duration::plus);
        phase = next;
        phaseSince = now;
    }

    /** How long each phase took up to now, in the order in which they began. */
    public Map<String, Duration> durations() {
        phase(phase);
        return Collections.unmodifiableMap(new LinkedHashMap<>(phases));
    }

    /** The targets, all untouched yet. */
    public void targets(RestoreTask task) {
        task.files().forEach(files -> targets.put(name(files), UNTOUCHED));
        task.databases().forEach(database -> targets.put(name(database), UNTOUCHED));
    }

    /** In which state each target is. */
    public Map<String, String> states() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(targets));
    }

    void is(RestoreTask.FilesTarget files, String state) {
        targets.put(name(files), state);
    }

    void begun(RestoreTask.DatabaseTarget database) {
        targets.put(name(database), "half: run the same command again");
    }

    void untouched(RestoreTask.DatabaseTarget database) {
        targets.put(name(database), UNTOUCHED);
    }

    void restored(RestoreTask.DatabaseTarget database) {
        targets.put(name(database), RESTORED);
    }

    /** The failure, with the state of each target and the way back if anything was changed. */
    public KamalBackupException told(KamalBackupException failed, String wayBack) {
        boolean changed = targets.values().stream().anyMatch(state -> !state.equals(UNTOUCHED));
        if (targets.isEmpty()) {
            return failed;
        }
        String states = targets.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("; "));
        Fault fault = failed.fault();
        String hint = changed && !wayBack.isEmpty()
                ? fault.hint() + (fault.hint().isEmpty() ? "" : "; ") + "what was there before: " + wayBack
                : fault.hint();
        Fault told = new Fault(fault.operation(), fault.subject(), fault.reason() + " [" + states + "]", hint);
        return failed instanceof CancelledException
                ? new CancelledException(told, failed)
                : new RestoreException(told, failed);
    }

    private static String name(RestoreTask.FilesTarget files) {
        return files.target().toString();
    }

    private static String name(RestoreTask.DatabaseTarget database) {
        return "database " + database.database();
    }
}
