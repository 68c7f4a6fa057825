package dev.kamalbackup.run;

import dev.kamalbackup.plan.DumpSource;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ChildProcess;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.process.ProcessLauncher;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The producer's side of the gate: bytes, and afterwards the word on whether the producer ended well. */
interface DumpStream extends AutoCloseable {
    /** Who makes the bytes, for messages. */
    String producer();

    InputStream bytes();

    /** What the producer's end shows to be wrong; asked after the last byte. */
    Optional<String> flaw();

    /** Makes a blocked read end. */
    void end();

    @Override
    void close();

    static DumpStream open(DumpSource source, ProcessLauncher launcher, Cancellation cancellation) throws IOException {
        if (source instanceof DumpSource.Programs dumpers) {
            return dumpers.commands().size() == 1
                    ? OfProgram.start(dumpers.commands().get(0), launcher, cancellation)
                    : new OfPrograms(dumpers.commands(), launcher, cancellation);
        }
        DumpSource.ScratchFile file = (DumpSource.ScratchFile) source;
        return new OfFile(Files.newInputStream(file.file()), file.file().toString());
    }

    /** What a dumper writes to its standard output. */
    final class OfProgram implements DumpStream {
        private static final Duration EXIT_AFTER_LAST_BYTE = Duration.ofMinutes(1);
        private static final Duration GRACE = Duration.ofSeconds(3);

        private final ChildProcess child;
        private final String name;
        private final Cancellation.Registration stop;

        static OfProgram start(Command command, ProcessLauncher launcher, Cancellation cancellation) {
            return new OfProgram(launcher.start(command, line -> {}), command.name(), cancellation);
        }

        private OfProgram(ChildProcess child, String name, Cancellation cancellation) {
            this.child = child;
            this.name = name;
            this.stop = cancellation.onCancel(this::end);
            child.closeStdin();
        }

        @Override
        public String producer() {
            return name;
        }

        @Override
        public InputStream bytes() {
            return child.stdout();
        }

        @Override
        public Optional<String> flaw() {
            OptionalInt exit = child.await(EXIT_AFTER_LAST_BYTE);
            String said = child.stderr().isEmpty() ? "" : ": " + child.stderr();
            if (exit.isEmpty()) {
                return Optional.of(name + " wrote its last byte and did not end" + said);
            }
            int code = exit.getAsInt();
            if (code == 0) {
                return Optional.empty();
            }
            return Optional.of(name + " " + CommandOutput.ending(code) + said);
        }

        @Override
        public void end() {
            child.end(GRACE);
        }

        @Override
        public void close() {
            stop.close();
            child.close();
        }
    }

    /** What several dumpers write, one after another; one that fails is the last. */
    final class OfPrograms implements DumpStream {
        private final Iterator<Command> commands;
        private final ProcessLauncher launcher;
        private final Cancellation cancellation;
        private volatile OfProgram current;

        OfPrograms(List<Command> commands, ProcessLauncher launcher, Cancellation cancellation) {
            this.commands = commands.iterator();
            this.launcher = launcher;
            this.cancellation = cancellation;
            this.current = OfProgram.start(this.commands.next(), launcher, cancellation);
        }

        @Override
        public InputStream bytes() {
            return new InputStream() {
                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
                }

                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    int read = current.bytes().read(buffer, offset, length);
                    while (read < 0 && commands.hasNext() && current.flaw().isEmpty()) {
                        current.close();
                        current = OfProgram.start(commands.next(), launcher, cancellation);
                        read = current.bytes().read(buffer, offset, length);
                    }
                    return read;
                }
            };
        }

        @Override
        public String producer() {
            return current.producer();
        }

        @Override
        public Optional<String> flaw() {
            return current.flaw();
        }

        @Override
        public void end() {
            current.end();
        }

        @Override
        public void close() {
            current.close();
        }
    }

    /** A dump that an earlier step made and checked for its exit code. */
    final class OfFile implements DumpStream {
        private final InputStream bytes;
        private final String name;

        OfFile(InputStream bytes, String name) {
            this.bytes = bytes;
            this.name = name;
        }

        @Override
        public String producer() {
            return name;
        }

        @Override
        public InputStream bytes() {
            return bytes;
        }

        @Override
        public Optional<String> flaw() {
            return Optional.empty();
        }

        @Override
        public void end() {
            close();
        }

        @Override
        public void close() {
            try {
                bytes.close();
            } catch (IOException neverForReading) {
                throw new java.io.UncheckedIOException(neverForReading);
            }
        }
    }
}
