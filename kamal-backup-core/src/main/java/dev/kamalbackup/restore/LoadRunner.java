package dev.kamalbackup.restore;

import dev.kamalbackup.plan.LoadStep;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ChildProcess;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.run.StepRunner;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Carries out the steps of a restore that change a database. */
final class LoadRunner {
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final ProcessLauncher launcher;

    LoadRunner(ProcessLauncher launcher) {
        this.launcher = launcher;
    }

    /** Runs one step; the answer is what is wrong with its outcome, or empty. */
    Optional<String> run(LoadStep step, Cancellation cancellation) {
        if (step instanceof LoadStep.Run single) {
            return new StepRunner(launcher).run(single.step(), cancellation);
        }
        return chain((LoadStep.Chain) step, cancellation);
    }

    private Optional<String> chain(LoadStep.Chain chain, Cancellation cancellation) {
        List<ChildProcess> children = new ArrayList<>();
        try (Cancellation.Registration stop = cancellation.onCancel(() -> endAll(children))) {
            for (Command program : chain.programs()) {
                children.add(launcher.start(program, line -> {}));
            }
            List<Thread> pumps = new ArrayList<>();
            for (int i = 0; i < children.size(); i++) {
                int at = i;
                pumps.add(pump(chain, children, at));
            }
            Optional<String> flaw = await(chain, children);
            for (Thread pump : pumps) {
                join(pump);
            }
            cancellation.throwIfCancelled(chain.name(), chain.input().toString());
            return flaw;
        } finally {
            children.forEach(ChildProcess::close);
        }
    }

    /** Feeds program number {@code at}, and closes its input only when whoever feeds it has ended well. */
    private static Thread pump(LoadStep.Chain chain, List<ChildProcess> children, int at) {
        Thread thread = new Thread(
                () -> {
                    ChildProcess consumer = children.get(at);
                    try (InputStream source = at == 0
                            ? Files.newInputStream(chain.input())
                            : children.get(at - 1).stdout()) {
                        source.transferTo(consumer.stdin());
                    } catch (IOException broken) {
                        // Either side has ended; which one failed, the exit codes tell.
                        endFrom(children, at);
                        return;
                    }
                    if (at == 0 || children.get(at - 1).await(chain.timeout()).equals(OptionalInt.of(0))) {
                        consumer.closeStdin();
                    } else {
                        endFrom(children, at);
                    }
                },
                "feed " + chain.programs().get(at).name());
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static Optional<String> await(LoadStep.Chain chain, List<ChildProcess> children) {
        drain(children.get(children.size() - 1));
        List<String> flaws = new ArrayList<>();
        for (int i = 0; i < children.size(); i++) {
            OptionalInt exit = children.get(i).await(chain.timeout());
            if (exit.isEmpty()) {
                endAll(children);
                return Optional.of(chain.programs().get(i).name() + " did not end within "
                        + chain.timeout().toSeconds() + " s");
            }
            if (exit.getAsInt() != 0) {
                String said = children.get(i).stderr();
                flaws.add(chain.programs().get(i).name() + " ended with exit code " + exit.getAsInt()
                        + (said.isEmpty() ? "" : ": " + said));
            }
        }
        return flaws.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", flaws));
    }

    /** What the last program prints is of no use, but a full pipe would stop it. */
    private static void drain(ChildProcess last) {
        Thread thread = new Thread(
                () -> {
                    try (InputStream output = last.stdout()) {
                        output.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException ended) {
                        last.end(GRACE);
                    }
                },
                "drain");
        thread.setDaemon(true);
        thread.start();
    }

    private static void endFrom(List<ChildProcess> children, int first) {
        children.subList(first, children.size()).forEach(child -> child.end(GRACE));
    }

    private static void endAll(List<ChildProcess> children) {
        endFrom(children, 0);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
