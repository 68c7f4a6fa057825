package dev.kamalbackup.plan;

import dev.kamalbackup.process.Command;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A step of a restore that changes the target. */
public sealed interface LoadStep {
    /** What it does, as an infinitive. */
    String name();

    /** A single program run to its end. */
    record Run(CommandStep step) implements LoadStep {
        @Override
        public String name() {
            return step.name();
        }
    }

    /**
     * A chain of programs, each reading what the one before writes, all of which must exit with 0. The last one is started
     * when there is something for it to read, and is given the last bytes and the end of its input when all before it have
     * ended well. Otherwise it is ended, so that a half stream is never committed.
     *
     * @param input the file the first program reads on standard input
     * @param leaveOut what the last program is not given
     */
    record Chain(String name, Path input, List<Command> programs, LeadingLines leaveOut, Duration timeout, String hint)
            implements LoadStep {
        public Chain {
            programs = List.copyOf(programs);
        }
    }
}
