package dev.kamalbackup.config;

import dev.kamalbackup.redact.Secret;
import java.time.Duration;
import java.util.Map;

/**
 * How to reach the restic repository.
 *
 * @param program the restic program: a name on the PATH or a path
 * @param location where the repository is
 * @param password where its password comes from
 * @param credentials further secret variables for restic's backend, as in {@code RESTIC_REST_PASSWORD}
 * @param initIfMissing whether a missing repository may be created
 * @param lockWait how long to wait for somebody else's lock
 * @param openTimeout how long a repository that does not answer is waited for
 */
public record ResticSettings(
        String program,
        ResticRepositoryLocation location,
        ResticPassword password,
        Map<String, Secret> credentials,
        boolean initIfMissing,
        Duration lockWait,
        Duration openTimeout) {
    public static final Duration DEFAULT_LOCK_WAIT = Duration.ofMinutes(5);
    public static final Duration DEFAULT_OPEN_TIMEOUT = Duration.ofMinutes(2);

    public ResticSettings {
        credentials = Map.copyOf(credentials);
    }

    /** Restic from the PATH with the usual waits; creates nothing. */
    public static ResticSettings of(String repository, Secret password) {
        return new ResticSettings(
                "restic",
                new ResticRepositoryLocation.Address(new Secret(repository)),
                new ResticPassword.Value(password),
                Map.of(),
                false,
                DEFAULT_LOCK_WAIT,
                DEFAULT_OPEN_TIMEOUT);
    }

    /** The same with another restic program. */
    public ResticSettings withProgram(String otherProgram) {
        return new ResticSettings(otherProgram, location, password, credentials, initIfMissing, lockWait, openTimeout);
    }

    /** The same, but a missing repository is created by the first backup. */
    public ResticSettings creatingIfMissing() {
        return new ResticSettings(program, location, password, credentials, true, lockWait, openTimeout);
    }

    /** The same with these variables for restic's storage, such as {@code AWS_ACCESS_KEY_ID}. */
    public ResticSettings withCredentials(Map<String, Secret> otherCredentials) {
        return new ResticSettings(program, location, password, otherCredentials, initIfMissing, lockWait, openTimeout);
    }

    /** The same with other waits. */
    public ResticSettings withWaits(Duration otherLockWait, Duration otherOpenTimeout) {
        return new ResticSettings(
                program, location, password, credentials, initIfMissing, otherLockWait, otherOpenTimeout);
    }
}
