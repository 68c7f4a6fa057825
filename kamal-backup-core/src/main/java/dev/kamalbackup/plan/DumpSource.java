package dev.kamalbackup.plan;

import dev.kamalbackup.process.Command;
import java.nio.file.Path;

/** Where the bytes of a dump come from. */
public sealed interface DumpSource {
    /** From a dumper's standard output. */
    record Program(Command command) implements DumpSource {}

    /** From a file that an earlier step of the plan made in the scratch folder. */
    record ScratchFile(Path file) implements DumpSource {}
}
