package dev.kamalbackup.cli;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.cli.kamal.Accessory;
import dev.kamalbackup.cli.kamal.AccessoryEnvironment;
import dev.kamalbackup.cli.kamal.HostChoice;
import dev.kamalbackup.cli.kamal.Kamal;
import dev.kamalbackup.cli.kamal.KamalConfiguration;
import dev.kamalbackup.cli.kamal.RemoteAccessory;
import dev.kamalbackup.cli.kamal.RemoteVersion;
import dev.kamalbackup.cli.kamal.VersionGate;
import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.error.ToolException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ExecLauncher;
import dev.kamalbackup.rails.KamalDeploy;
import dev.kamalbackup.redact.Redactor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Kamal's deployment of this checkout, and the accessory in it; Kamal is asked when it is needed, and once. */
final class Bridge {
    private static final String PATIENCE = "KAMAL_BACKUP_REMOTE_TIMEOUT";

    private final Session session;
    private final SharedConfiguration shared;
    private final Kamal kamal;
    private final KamalConfiguration configuration;
    private final Accessory accessory;

    private Bridge(Session session, SharedConfiguration shared, Kamal kamal, KamalConfiguration configuration) {
        this.session = session;
        this.shared = shared;
        this.kamal = kamal;
        this.configuration = configuration;
        this.accessory = configuration.backup(shared.accessory());
    }

    /**
     * Asks Kamal for the deployment.
     *
     * @throws dev.kamalbackup.error.KamalBackupException if there is no Kamal, or no accessory of ours
     */
    static Bridge open(Session session) {
        Surroundings surroundings = session.surroundings();
        SharedConfiguration shared = SharedConfiguration.of(surroundings);
        Cancellation cancellation = new Cancellation();
        session.working(cancellation::cancel);
        ExecLauncher launcher = ExecLauncher.detect(
                Redactor.knowing(List.of(), surroundings.environment()), surroundings.environment());
        Kamal kamal = new Kamal(
                surroundings.workingFolder(), surroundings.environment(), session.deployment(), launcher, cancellation);
        return new Bridge(session, shared, kamal, kamal.configuration());
    }

    /** The accessory on the host that is right for this command. */
    RemoteAccessory reach(CommandCall call) {
        Optional<String> single = Whereabouts.isDestructive(call) ? Optional.of(call.words()) : Optional.empty();
        HostChoice host = HostChoice.of(
                accessory, configuration.hosts(), session.deployment().hosts(), single);
        if (!host.others().isEmpty()) {
            session.say("asking " + accessory.name() + " on " + host.host() + ", not on "
                    + String.join(", ", host.others()) + " (--hosts chooses)");
        }
        return new RemoteAccessory(
                kamal, accessory, host, () -> UUID.randomUUID().toString().replace("-", ""));
    }

    /** Which version is there. */
    RemoteVersion version(RemoteAccessory remote) {
        Duration patience = patience();
        return whileHidingSecrets(() -> remote.version(patience));
    }

    /** What Kamal, ssh and docker say when something fails may hold anything: the accessory's secrets are hidden in it. */
    <T> T whileHidingSecrets(Supplier<T> work) {
        try {
            return work.get();
        } catch (ToolException failed) {
            hideSecrets();
            throw failed;
        }
    }

    /** Asks Kamal for the accessory's secrets, only to hide them. */
    void hideSecrets() {
        try {
            environment();
        } catch (KamalBackupException unknown) {
            session.say("note: the accessory's secrets are not known here, so what Kamal says is shown as it is: "
                    + unknown.fault().reason());
        }
    }

    /** This program and that one. */
    VersionGate gate(RemoteAccessory remote, RemoteVersion version) {
        return new VersionGate(KamalBackup.version(), version.version(), remote.shown("reboot"));
    }

    /** The variables of the accessory, secrets among them; from now on those are hidden. */
    AccessoryEnvironment environment() {
        Map<String, String> own = session.surroundings().environment();
        AccessoryEnvironment environment = new AccessoryEnvironment(accessory, kamal.secrets(), own);
        session.know(environment.redactor(own));
        return environment;
    }

    /** The app's name as the accessory knows it. */
    String app() {
        return Optional.ofNullable(accessory.clear().get("APP_NAME"))
                .filter(name -> !name.isBlank())
                .or(shared::app)
                .orElseThrow(() -> ConfigurationException.of(
                        "app", "is needed for the question, and neither config/kamal-backup.yml nor APP_NAME tells"));
    }

    /** The accessory as {@code validate} looks at it. */
    KamalDeploy.Accessory deployed() {
        return new KamalDeploy.Accessory(
                accessory.name(),
                accessory.image(),
                accessory.clear(),
                List.copyOf(accessory.secrets().keySet()),
                accessory.mounts());
    }

    private Duration patience() {
        String given = session.surroundings()
                .environment()
                .getOrDefault(PATIENCE, "60")
                .strip();
        if (!given.matches("[1-9]\\d{0,5}")) {
            throw new ConfigurationException(List.of(
                    new Problem("environment", PATIENCE, "expects a number of seconds, not \"" + given + "\"")));
        }
        return Duration.ofSeconds(Long.parseLong(given));
    }
}
