package dev.kamalbackup.process;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.ToolException;
import dev.kamalbackup.redact.Redactor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Starts programs through commons-exec. Where util-linux's {@code setpriv} is at hand, a child is asked to die with the
 * thread that started it ({@code --pdeathsig}), so that a killed JVM leaves no orphan; commons-exec keeps that thread
 * waiting for the child, which is what makes this safe.
 */
public final class ExecLauncher implements ProcessLauncher {
    /** Tells all that a program starts from all else; see {@link ProcessTree}. */
    private static final String MARK = "KAMAL_BACKUP_CHILD";

    private final AtomicLong started = new AtomicLong();
    /** Another launcher in this process must not end what this one started. */
    private final String marks = Long.toHexString(ThreadLocalRandom.current().nextLong());

    private final Redactor redactor;
    private final Optional<Path> setpriv;

    /** @param setpriv where setpriv is; see {@link #detect} */
    private ExecLauncher(Redactor redactor, Optional<Path> setpriv) {
        this.redactor = redactor;
        this.setpriv = setpriv;
    }

    /** A launcher that ties children to this process if {@code setpriv} is on the PATH of the given environment. */
    public static ExecLauncher detect(Redactor redactor, Map<String, String> environment) {
        return new ExecLauncher(redactor, new ToolPath(environment).find("setpriv"));
    }

    @Override
    public ChildProcess start(Command command, Consumer<String> stderrLines) {
        String mark = MARK + "=" + marks + "-" + started.incrementAndGet();
        ExecChild child = new ExecChild(command.name(), mark, redactor, stderrLines);
        try {
            requireExecutable(command);
            launch(command, mark, child);
            child.awaitStart();
            return child;
        } catch (IOException notStarted) {
            throw new ToolException(
                    new Fault(
                            "start " + command.name(),
                            command.program(),
                            String.valueOf(notStarted.getMessage()),
                            "install " + command.name() + ", or put the folder that holds it on the PATH"),
                    notStarted);
        }
    }

    @Override
    public CommandOutput run(Command command, Duration timeout, Cancellation cancellation) {
        cancellation.throwIfCancelled("run " + command.name(), command.program());
        try (ChildProcess child = start(command, line -> {});
                Cancellation.Registration stop = cancellation.onCancel(() -> child.end(Duration.ofSeconds(3)))) {
            child.closeStdin();
            StdoutCollector collector = new StdoutCollector(child.stdout(), command.name());
            OptionalInt exit = child.await(timeout);
            cancellation.throwIfCancelled("run " + command.name(), command.program());
            if (exit.isEmpty()) {
                child.end(Duration.ofSeconds(2));
                throw new ToolException(new Fault(
                        "run " + command.name(),
                        command.program(),
                        "did not end within " + timeout.toSeconds() + " s"
                                + (child.stderr().isEmpty() ? "" : "; it said: " + child.stderr()),
                        "see what it waits for, or allow it more time"));
            }
            String stdout = collector.text();
            if (exit.getAsInt() == 0 && collector.lost().isPresent()) {
                throw new ToolException(new Fault(
                        "run " + command.name(),
                        command.program(),
                        "its output could not be read to the end: "
                                + collector.lost().get(),
                        "run it again"));
            }
            return new CommandOutput(exit.getAsInt(), stdout, child.stderr());
        }
    }

    private void launch(Command command, String mark, ExecChild child) throws IOException {
        List<String> line = new ArrayList<>();
        setpriv.ifPresent(tool -> line.addAll(List.of(tool.toString(), "--pdeathsig", "TERM", "--")));
        line.addAll(command.line());
        TellingExecutor executor = new TellingExecutor(child);
        executor.setExitValues(null);
        executor.setStreamHandler(child);
        ChildEnvironment marked = command.environment().with(MARK, mark.substring(MARK.length() + 1));
        executor.execute(new ExactLine(line), marked.reveal(), child);
    }

    /** With setpriv in front, a missing program would only show as setpriv's exit code; so look before. */
    private static void requireExecutable(Command command) throws IOException {
        if (new ToolPath(command.environment().reveal()).find(command.program()).isEmpty()) {
            throw new IOException(command.program() + " was not found"
                    + (command.program().contains("/") ? "" : " on the PATH") + ", or may not be executed");
        }
    }

    /** Arguments as they are: commons-exec would trim them, and a file name may begin or end with a blank. */
    private static final class ExactLine extends CommandLine {
        private final List<String> line;

        ExactLine(List<String> line) {
            super(line.get(0));
            this.line = List.copyOf(line);
        }

        @Override
        public String[] toStrings() {
            return line.toArray(String[]::new);
        }
    }

    /** commons-exec keeps the process to itself; its pid and its tree are needed here. */
    private static final class TellingExecutor extends DefaultExecutor {
        private final ExecChild child;

        @SuppressWarnings("deprecation") // the builder cannot make a subclass
        TellingExecutor(ExecChild child) {
            this.child = child;
        }

        @Override
        protected Process launch(CommandLine command, Map<String, String> environment, Path directory)
                throws IOException {
            Process process = super.launch(command, environment, directory);
            child.launched(process);
            return process;
        }
    }

    /** Reads a small program's standard output on a thread of its own, so that no full pipe can stop it. */
    private static final class StdoutCollector {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final Thread reader;
        private volatile @Nullable String lost;

        StdoutCollector(InputStream stdout, String name) {
            reader = new Thread(() -> collect(stdout), "stdout of " + name);
            reader.setDaemon(true);
            reader.start();
        }

        String text() {
            try {
                reader.join(Duration.ofSeconds(10).toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            synchronized (bytes) {
                return bytes.toString(StandardCharsets.UTF_8);
            }
        }

        /** Why the output is not whole, if it is not. */
        Optional<String> lost() {
            return reader.isAlive() ? Optional.of("it has not ended") : Optional.ofNullable(lost);
        }

        private void collect(InputStream stdout) {
            byte[] chunk = new byte[8192];
            try (stdout) {
                for (int read = stdout.read(chunk); read >= 0; read = stdout.read(chunk)) {
                    synchronized (bytes) {
                        bytes.write(chunk, 0, read);
                    }
                }
            } catch (IOException broken) {
                lost = String.valueOf(broken.getMessage());
            }
        }
    }
}
