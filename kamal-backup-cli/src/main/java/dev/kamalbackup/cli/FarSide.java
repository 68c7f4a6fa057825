package dev.kamalbackup.cli;

import dev.kamalbackup.cli.kamal.FrameWriter;
import dev.kamalbackup.cli.kamal.RemoteCall;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.function.Consumer;

/** The program as it was called: by a person, or through Kamal by this program elsewhere. */
final class FarSide {
    private static final int USAGE = 2;

    private final Surroundings surroundings;
    private final Signals signals;
    private final Verbs.Opener opener;

    FarSide(Surroundings surroundings, Signals signals, Verbs.Opener opener) {
        this.surroundings = surroundings;
        this.signals = signals;
        this.opener = opener;
    }

    /**
     * Runs it.
     *
     * @param standardError told where everything for standard error has to go
     * @param abandoned run when the caller turns out to have gone
     * @return the exit code of this process: always 0 if the caller is told the command's own in a frame
     */
    int run(List<String> line, Consumer<PrintStream> standardError, Runnable abandoned) {
        RemoteCall call;
        try {
            call = RemoteCall.read(line);
        } catch (IllegalArgumentException damaged) {
            surroundings
                    .err()
                    .println("kamal-backup: remote-call cannot be read; it is how versions of this program"
                            + " talk to each other, and nothing to be typed");
            return USAGE;
        }
        if (call.framing().isEmpty()) {
            return program(surroundings).run(arguments(call));
        }
        FrameWriter frames =
                new FrameWriter(surroundings.out(), call.framing().get().token());
        if (call.framing().get().tied()) {
            watch(surroundings.in(), abandoned);
        }
        Surroundings framed = surroundings.speakingThrough(frames.out(), frames.err());
        standardError.accept(framed.err());
        int exitCode = program(framed).run(arguments(call));
        framed.out().flush();
        framed.err().flush();
        frames.end(exitCode);
        return 0;
    }

    private CommandLineProgram program(Surroundings around) {
        return new CommandLineProgram(around, signals, opener);
    }

    private static String[] arguments(RemoteCall call) {
        return call.arguments().toArray(String[]::new);
    }

    private static void watch(InputStream in, Runnable abandoned) {
        Thread thread = new Thread(
                () -> {
                    try {
                        in.transferTo(PrintStream.nullOutputStream());
                    } catch (IOException broken) {
                        // As good an end as any: nobody is there any more.
                        abandoned.run();
                        return;
                    }
                    abandoned.run();
                },
                "caller");
        thread.setDaemon(true);
        thread.start();
    }
}
