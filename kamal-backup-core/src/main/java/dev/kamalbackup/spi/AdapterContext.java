package dev.kamalbackup.spi;

import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What an adapter may use while it plans: the environment, a scratch folder, and small questions to programs. */
public interface AdapterContext {
    /** The environment of this process or what the embedding program put in its place. */
    Map<String, String> environment();

    /** The basics every child needs, to be extended by what the adapter's tools need and no more. */
    default ChildEnvironment childEnvironment() {
        return ChildEnvironment.basics(environment());
    }

    /** A private folder for this database's temporary files. It exists when the plan is carried out, not before. */
    Path scratch();

    /** Where a program is; empty if it is not installed. */
    Optional<Path> find(String program);

    /**
     * Runs a program that answers quickly and changes nothing.
     *
     * @throws dev.kamalbackup.error.ToolException if it cannot be started or does not end within the timeout
     */
    CommandOutput query(Command command, Duration timeout);
}
