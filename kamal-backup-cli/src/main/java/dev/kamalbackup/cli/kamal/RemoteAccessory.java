package dev.kamalbackup.cli.kamal;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.ToolException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ChildProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** The accessory on one of its hosts, and this program in it. */
public final class RemoteAccessory {
    /** Once output has ended the program has, too, or will at once. */
    private static final Duration END = Duration.ofSeconds(20);

    private final Kamal kamal;
    private final Accessory accessory;
    private final HostChoice host;
    private final Supplier<String> tokens;

    /** @param tokens hexadecimal digits that nobody can guess, others each time */
    public RemoteAccessory(Kamal kamal, Accessory accessory, HostChoice host, Supplier<String> tokens) {
        this.kamal = kamal;
        this.accessory = accessory;
        this.host = host;
        this.tokens = tokens;
    }

    /** The accessory. */
    public Accessory accessory() {
        return accessory;
    }

    /** Where it is asked. */
    public HostChoice host() {
        return host;
    }

    /** A command of Kamal's for this accessory, as a person would type it. */
    public String shown(String verb) {
        return kamal.shown(verb, accessory.name());
    }

    /**
     * Which version is there, and through which channel it can be asked.
     *
     * @throws ToolException if it does not say within this time
     */
    public RemoteVersion version(Duration timeout) {
        return new VersionProbe(kamal, accessory, host).run(timeout);
    }

    /**
     * Runs a command there and passes on what it prints, piece by piece and byte by byte.
     *
     * @return its exit code
     * @throws ToolException if it did not start, or its end was never heard of
     */
    public int framed(List<String> arguments, Channel channel, OutputStream out, OutputStream err) {
        String token = tokens.get();
        KamalLines lines = new KamalLines();
        FrameReader frames = new FrameReader(token, out, err, lines::add);
        RemoteCall call =
                new RemoteCall(arguments, Optional.of(new RemoteCall.Framing(token, channel == Channel.STREAMED)));
        read(call, channel, lines, frames::line);
        return frames.exitCode().orElseThrow(() -> lost(arguments, frames.begun(), lines));
    }

    /**
     * The same for a program that knows no frames: what Kamal says itself is left out as far as that can be told.
     *
     * @return Kamal's exit code
     */
    public int plain(List<String> arguments, Channel channel, OutputStream out, KamalLines.Sink err) {
        KamalLines lines = new KamalLines(err);
        return read(new RemoteCall(arguments, Optional.empty()), channel, lines, line -> {
            if (!KamalLines.isKamals(line)) {
                out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        });
    }

    /** Takes a line. */
    private interface Lines {
        void take(String line) throws IOException;
    }

    private int read(RemoteCall call, Channel channel, KamalLines lines, Lines output) {
        try (ChildProcess child = kamal.start(accessory, host, channel, call.line(), lines::add);
                Cancellation.Registration stop =
                        kamal.cancellation().onCancel(() -> child.end(Duration.ofSeconds(5)))) {
            if (call.framing().filter(RemoteCall.Framing::tied).isEmpty()) {
                child.closeStdin();
            }
            try (BufferedReader reader =
                    new BufferedReader(new InputStreamReader(child.stdout(), StandardCharsets.UTF_8))) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    output.take(line);
                }
            } catch (IOException failed) {
                kamal.cancellation()
                        .throwIfCancelled(
                                "run", "kamal-backup " + call.arguments().get(0));
                throw new ToolException(
                        new Fault(
                                "pass on what the accessory prints",
                                accessory.name(),
                                String.valueOf(failed.getMessage()),
                                "see where the output leads to; the command in the accessory may have gone on"),
                        failed);
            }
            OptionalInt exit = child.await(END);
            kamal.cancellation()
                    .throwIfCancelled("run", "kamal-backup " + call.arguments().get(0));
            return exit.orElse(1);
        }
    }

    private ToolException lost(List<String> arguments, boolean begun, KamalLines lines) {
        String said = lines.text();
        return new ToolException(new Fault(
                "run " + arguments.get(0) + " in the accessory",
                accessory.name(),
                (begun ? "the connection ended before the command did" : "it was not started")
                        + (said.isEmpty() ? "" : "; Kamal said: " + said),
                begun
                        ? "it may have gone on there, or have been stopped: see kamal-backup status, and "
                                + shown("logs")
                        : shown("details") + " tells whether it runs; " + shown("boot") + " starts it"));
    }
}
