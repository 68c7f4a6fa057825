package dev.kamalbackup.run;

import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.plan.CountLine;
import dev.kamalbackup.plan.DumpSource;
import dev.kamalbackup.plan.RowCount;
import dev.kamalbackup.plan.TableRows;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ChildProcess;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.ProcessLauncher;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Counts the rows of a database while it is dumped. What goes wrong with that is told and never fails the dump. */
final class RowCounting implements AutoCloseable {
    private static final Duration OPENING = Duration.ofSeconds(30);
    private static final Duration AFTER_THE_DUMP = Duration.ofMinutes(2);
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final int MOST_TABLES = 100_000;

    private final RowCount plan;
    private final ProcessLauncher launcher;
    private final Cancellation.Registration stop;
    private final CompletableFuture<String> view = new CompletableFuture<>();
    private final CountDownLatch dumping = new CountDownLatch(1);
    private final CountDownLatch flowing = new CountDownLatch(1);
    private final CompletableFuture<TableRows> counted = new CompletableFuture<>();
    private final Thread thread = new Thread(this::work, "count rows");
    private volatile @Nullable ChildProcess child;
    private volatile boolean ended;
    private Optional<String> viewName = Optional.empty();

    private RowCounting(RowCount plan, ProcessLauncher launcher, Cancellation cancellation) {
        this.plan = plan;
        this.launcher = launcher;
        this.stop = cancellation.onCancel(this::end);
    }

    /** What was counted, or why nothing was. */
    record Outcome(Optional<TableRows> rows, Optional<String> flaw) {}

    /** Opens the view to count in, where there is one. */
    static RowCounting begin(RowCount plan, ProcessLauncher launcher, Cancellation cancellation) {
        RowCounting counting = new RowCounting(plan, launcher, cancellation);
        if (!(plan instanceof RowCount.None)) {
            counting.thread.setDaemon(true);
            counting.thread.start();
        }
        if (plan instanceof RowCount.InView) {
            counting.awaitView();
        }
        return counting;
    }

    /** The source of the dump, made to look at the view that is counted in. */
    DumpSource source(DumpSource planned) {
        if (plan instanceof RowCount.InView inView
                && viewName.isPresent()
                && planned instanceof DumpSource.Programs dumpers) {
            return new DumpSource.Programs(dumpers.commands().stream()
                    .map(dumper -> with(dumper, inView.argument() + viewName.get()))
                    .toList());
        }
        return planned;
    }

    /** Called when the dumper is at work. */
    void dumperStarted() {
        dumping.countDown();
    }

    /** Called when the first bytes of the dump have come, or its end. */
    void dumpFlows() {
        flowing.countDown();
    }

    /** Called when the dump is saved: waits a while for the end of the counting. */
    Outcome result() {
        if (plan instanceof RowCount.None) {
            return new Outcome(Optional.empty(), Optional.empty());
        }
        try {
            return new Outcome(
                    Optional.of(counted.get(AFTER_THE_DUMP.toMillis(), TimeUnit.MILLISECONDS)), Optional.empty());
        } catch (ExecutionException failed) {
            return flaw(reason(failed));
        } catch (TimeoutException slow) {
            return flaw("it took " + AFTER_THE_DUMP.toSeconds() + " s longer than the dump");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return flaw("it was interrupted");
        }
    }

    @Override
    public void close() {
        stop.close();
        end();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static Outcome flaw(String reason) {
        return new Outcome(Optional.empty(), Optional.of("the rows were not counted: " + reason));
    }

    private static String reason(Exception failed) {
        Throwable cause = failed.getCause();
        return failed instanceof TimeoutException
                ? "it did not answer within " + OPENING.toSeconds() + " s"
                : String.valueOf((cause == null ? failed : cause).getMessage());
    }

    private void awaitView() {
        try {
            viewName = Optional.of(view.get(OPENING.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException | TimeoutException notOpened) {
            // The dump makes a view of its own then; result() tells why nothing was counted.
            counted.completeExceptionally(new IOException("no view was opened: " + reason(notOpened), notOpened));
            end();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            end();
        }
    }

    private void work() {
        try {
            Map<String, Long> rows = new TreeMap<>();
            boolean exact = true;
            if (plan instanceof RowCount.InView inView) {
                countInView(inView, rows);
            } else if (plan instanceof RowCount.Beside beside) {
                exact = beside.exact();
                dumping.await();
                for (Command command : beside.commands()) {
                    try (ChildProcess counter = start(command)) {
                        counter.closeStdin();
                        read(reader(counter), rows);
                        requireGoodEnd(counter, command);
                    }
                }
            }
            counted.complete(TableRows.of(exact, rows));
        } catch (IOException | InterruptedException | KamalBackupException failed) {
            counted.completeExceptionally(failed);
            view.completeExceptionally(failed);
        }
    }

    private void countInView(RowCount.InView inView, Map<String, Long> rows) throws IOException, InterruptedException {
        try (ChildProcess session = start(inView.session())) {
            BufferedReader answers = reader(session);
            say(session, inView.session(), inView.open());
            String name = answers.readLine();
            if (name == null || name.isBlank()) {
                requireGoodEnd(session, inView.session());
                throw new IOException(inView.session().name() + " opened no view");
            }
            view.complete(name.strip());
            dumping.await();
            say(session, inView.session(), inView.count());
            // The view ends with this session; by its first byte the dumper has taken it over.
            flowing.await();
            session.closeStdin();
            read(answers, rows);
            requireGoodEnd(session, inView.session());
        }
    }

    private ChildProcess start(Command command) throws IOException {
        if (ended) {
            throw new IOException("it was ended");
        }
        ChildProcess started = launcher.start(command, line -> {});
        child = started;
        if (ended) {
            started.end(GRACE);
        }
        return started;
    }

    private static void say(ChildProcess session, Command command, String statements) throws IOException {
        try {
            session.stdin().write((statements + "\n").getBytes(StandardCharsets.UTF_8));
            session.stdin().flush();
        } catch (IOException hasGone) {
            // Its own words say why.
            requireGoodEnd(session, command);
            throw hasGone;
        }
    }

    private static BufferedReader reader(ChildProcess process) {
        return new BufferedReader(new InputStreamReader(process.stdout(), StandardCharsets.UTF_8));
    }

    private static void read(BufferedReader answers, Map<String, Long> rows) throws IOException {
        List<String> strange = new ArrayList<>();
        for (String line = answers.readLine(); line != null; line = answers.readLine()) {
            Optional<CountLine> count = CountLine.parse(line);
            if (count.isPresent() && rows.size() < MOST_TABLES) {
                rows.merge(count.get().name(), count.get().count(), Long::sum);
            } else if (!line.isBlank() && strange.isEmpty()) {
                strange.add(line);
            }
        }
        if (!strange.isEmpty()) {
            throw new IOException("an answer is no count of rows: " + strange.get(0));
        }
    }

    private static void requireGoodEnd(ChildProcess process, Command command) throws IOException {
        OptionalInt exit = process.await(OPENING);
        if (exit.orElse(1) != 0) {
            throw new IOException(command.name() + " failed: " + process.stderr());
        }
    }

    private static Command with(Command command, String argument) {
        List<String> arguments = new ArrayList<>(command.arguments());
        arguments.add(argument);
        return new Command(command.program(), arguments, command.environment());
    }

    private void end() {
        ended = true;
        dumping.countDown();
        flowing.countDown();
        ChildProcess running = child;
        if (running != null && !running.hasEnded()) {
            running.end(GRACE);
        }
    }
}
