package dev.kamalbackup.cli;

import dev.kamalbackup.KamalBackup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import picocli.CommandLine;

/** Writes what belongs beside an installed program: completion for the shells, and the manual page. Run by the build. */
public final class InstalledFiles {
    private InstalledFiles() {}

    /**
     * Writes {@code completion/} and {@code man/}.
     *
     * @param arguments the folder they go into
     * @throws IOException if they cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Surroundings nothing =
                new Surroundings(System.in, System.out, System.err, Map.of(), Path.of(""), Clock.systemUTC(), false);
        CommandLine program = CommandTree.whole(new Session(nothing, new Signals(), Library::open, false));
        Path completion = Files.createDirectories(Path.of(arguments[0], "completion"));
        for (CompletionShell shell : CompletionShell.values()) {
            Files.writeString(completion.resolve(shell.file()), shell.script(program));
        }
        Files.writeString(
                Files.createDirectories(Path.of(arguments[0], "man")).resolve("kamal-backup.1"),
                new ManualPage(program.getCommandSpec(), KamalBackup.version()).text());
    }
}
