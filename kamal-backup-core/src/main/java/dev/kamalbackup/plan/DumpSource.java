package dev.kamalbackup.plan;

import dev.kamalbackup.process.Command;
import java.nio.file.Path;
import java.util.List;

/** Where the bytes of a dump come from. */
public sealed interface DumpSource {
    /** From the standard output of dumpers, one after another: each starts when the one before has ended with 0. */
    record Programs(List<Command> commands) implements DumpSource {
        public Programs {
            commands = List.copyOf(commands);
        }

        /** A single dumper. */
        public Programs(Command command) {
            this(List.of(command));
        }
    }

    /** From a file that an earlier step of the plan made in the scratch folder. */
    record ScratchFile(Path file) implements DumpSource {}
}
