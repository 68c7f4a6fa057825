package dev.kamalbackup.cli;

import dev.kamalbackup.catalog.RunChoice;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.report.Reports;
import dev.kamalbackup.restore.DumpExtraction;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Hands out a dump as it is in the repository. */
@Command(
        name = "dump",
        description = "Write the dump of one database as it is in the repository, for whoever loads it by hand.",
        footer = {"", "Without --output it goes to standard output; a failure in between shows in the exit code."})
final class DumpCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "RUN", description = "latest, a run id, or the id of a snapshot.")
    private String run = "";

    @Parameters(index = "1", paramLabel = "DATABASE", description = "The name of the database.")
    private String database = "";

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Write it into this new file, readable by you alone.")
    private @Nullable Path output;

    DumpCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (run.isBlank() || database.isBlank()) {
            throw misuse("RUN and DATABASE must not be empty");
        }
        if (session.json() && output == null) {
            throw misuse("--json needs --output, since the dump itself goes to standard output");
        }
        try (Verbs verbs = session.open()) {
            if (output == null) {
                DumpExtraction.Extracted dump = verbs.extractDump(
                        RunChoice.of(run), database, session.surroundings().out());
                session.say(told(dump));
                return 0;
            }
            Path file = session.surroundings().workingFolder().resolve(output);
            DumpExtraction.Extracted dump = into(file, verbs);
            if (session.json()) {
                session.print(Reports.of(dump, file.toString()));
            } else {
                session.print(told(dump) + ", is in " + file);
            }
            return 0;
        }
    }

    /** Under another name until it is whole. */
    private DumpExtraction.Extracted into(Path file, Verbs verbs) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw failure(file, "it exists already", "name a file that does not", null);
        }
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        try {
            Files.deleteIfExists(partial);
            try {
                DumpExtraction.Extracted dump = written(partial, verbs);
                Files.move(partial, file);
                return dump;
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException failed) {
            throw failure(
                    file,
                    failed.getClass().getSimpleName() + ": " + failed.getMessage(),
                    "see that its folder exists, that you may write there, and that there is room",
                    failed);
        }
    }

    private DumpExtraction.Extracted written(Path partial, Verbs verbs) throws IOException {
        try (OutputStream stream = Channels.newOutputStream(FileChannel.open(
                partial,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))))) {
            return verbs.extractDump(RunChoice.of(run), database, stream);
        }
    }

    private static String told(DumpExtraction.Extracted dump) {
        return dump.path() + " of run " + dump.run().id() + " (" + ListCommand.state(dump.run()) + "), " + dump.bytes()
                + " bytes, SHA-256 " + dump.sha256();
    }

    private static RestoreException failure(Path file, String reason, String hint, @Nullable Throwable cause) {
        return new RestoreException(new Fault("write a dump", file.toString(), reason, hint), cause);
    }

    private CommandLine.ParameterException misuse(String reason) {
        return new CommandLine.ParameterException(spec.commandLine(), reason);
    }
}
