package dev.kamalbackup.run;

import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.plan.CountLines;
import dev.kamalbackup.plan.DumpSource;
import dev.kamalbackup.plan.RowCount;
import dev.kamalbackup.plan.TableRows;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.process.ProgramLines;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Counts the rows of a database while it is dumped. Whatever goes wrong with it costs the counts, and never the dump; nor
 * can it hold a backup up for longer than {@link #GRACE}.
 */
final class RowCounting implements AutoCloseable {
    /** How long a session may take to open its view; the dump waits for it. */
    private static final Duration OPENING = Duration.ofSeconds(30);

    /** How much longer than the dump the counting may take. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private static final Duration LONGEST = Duration.ofDays(7);

    private final RowCount how;
    private final ProcessLauncher launcher;
    private final Cancellation dump;
    private final Duration opening;
    private final Duration grace;
    private final Cancellation own = new Cancellation();
    private final Cancellation.Registration outer;
    private final SideWork opener = new SideWork("open the view to count rows in", own);
    private final SideWork counter = new SideWork("count rows", own);
    private final CountLines lines = new CountLines();
    private volatile @Nullable ViewSession session;
    private volatile String view = "";
    private @Nullable String flaw;

    /**
     * What came of it.
     *
     * @param rows the counts
     * @param warnings why there are none
     */
    record Result(Optional<TableRows> rows, List<String> warnings) {}

    /** Begins to open the view if the rows are counted in one. */
    RowCounting(RowCount how, ProcessLauncher launcher, Cancellation dump) {
        this(how, launcher, dump, OPENING, GRACE);
    }

    RowCounting(RowCount how, ProcessLauncher launcher, Cancellation dump, Duration opening, Duration grace) {
        this.how = how;
        this.launcher = launcher;
        this.dump = dump;
        this.opening = opening;
        this.grace = grace;
        this.outer = dump.passOnTo(own);
        if (how instanceof RowCount.InView inView) {
            opener.start(() -> orFail(() -> openView(inView)));
        }
    }

    /** Starts the dump, in the view that is counted if there is one. */
    DumpStream open(DumpSource source) throws IOException {
        if (how instanceof RowCount.Beside beside) {
            DumpStream stream = DumpStream.open(source, launcher, dump);
            counter.start(() -> orFail(() -> countBeside(beside)));
            return stream;
        }
        if (how instanceof RowCount.InView inView) {
            if (!opener.endsWithin(opening)) {
                fail("the view was not open within " + opening.toSeconds() + " s");
            }
            return flaw().isEmpty() ? inView(inView, source) : withoutView(source);
        }
        return DumpStream.open(source, launcher, dump);
    }

    /** Waits for the counts, a bounded time; called when the dump is saved. */
    Result result() {
        if (how instanceof RowCount.None) {
            return new Result(Optional.empty(), List.of());
        }
        if (!counter.endsWithin(grace)) {
            fail("it took more than " + grace.toSeconds() + " s longer than the backup");
        }
        Optional<String> wrong = flaw();
        if (wrong.isPresent()) {
            return new Result(Optional.empty(), List.of("the rows were not counted: " + wrong.get()));
        }
        boolean exact = how instanceof RowCount.InView || ((RowCount.Beside) how).exact();
        return new Result(Optional.of(new TableRows(exact, lines.counts())), List.of());
    }

    @Override
    public void close() {
        opener.close();
        counter.close();
        closeSession();
        outer.close();
    }

    private void openView(RowCount.InView inView) throws IOException {
        ViewSession opened = new ViewSession(inView, launcher, own);
        session = opened;
        view = opened.open();
    }

    private DumpStream inView(RowCount.InView inView, DumpSource source) throws IOException {
        Command dumper = ((DumpSource.Programs) source).commands().get(0);
        List<String> arguments = new ArrayList<>(dumper.arguments());
        arguments.add(inView.argument() + view);
        Command viewing = new Command(dumper.program(), arguments, dumper.environment());
        return new ViewedDump(
                DumpStream.open(new DumpSource.Programs(viewing), launcher, dump),
                new ViewedDump.View() {
                    @Override
                    public void isTaken() {
                        // Not before: the view is gone when the session has counted, and the dumper must have it then.
                        counter.start(() -> orFail(RowCounting.this::countInView));
                    }

                    @Override
                    public DumpStream isRefused(String reason) throws IOException {
                        fail(reason);
                        return withoutView(source);
                    }
                },
                dump);
    }

    /** Only when the session is gone: its connection may be the only one there is. */
    private DumpStream withoutView(DumpSource source) throws IOException {
        opener.close();
        closeSession();
        return DumpStream.open(source, launcher, dump);
    }

    private void countInView() throws IOException {
        ViewSession opened = session;
        if (opened != null) {
            opened.count(lines);
        }
        lines.flaw().ifPresent(this::fail);
    }

    private void countBeside(RowCount.Beside beside) {
        ProgramLines programs = new ProgramLines(launcher);
        for (Command command : beside.commands()) {
            programs.run(command, LONGEST, lines, own).ifPresent(this::fail);
            lines.flaw().ifPresent(told -> fail(command.name() + ": " + told));
            if (flaw().isPresent()) {
                return;
            }
        }
    }

    private void closeSession() {
        ViewSession opened = session;
        if (opened != null) {
            opened.close();
        }
    }

    private synchronized void fail(String reason) {
        if (flaw == null) {
            flaw = reason;
        }
    }

    private synchronized Optional<String> flaw() {
        return Optional.ofNullable(flaw);
    }

    private void orFail(Counting work) {
        try {
            work.run();
        } catch (KamalBackupException told) {
            fail(told.fault().reason());
        } catch (IOException | RuntimeException unexpected) {
            // Of whatever kind: a dump must not be lost for want of a count.
            fail(String.valueOf(unexpected.getMessage()));
        }
    }

    /** Work of this class, which may fail in any way. */
    private interface Counting {
        void run() throws IOException;
    }
}
