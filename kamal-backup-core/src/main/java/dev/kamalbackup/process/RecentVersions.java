package dev.kamalbackup.process;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Remembers for a minute what programs said their version is. One restore asks some of them three times, each time a
 * process; a process that runs for months must still see that a program was replaced.
 */
public final class RecentVersions implements ProcessLauncher {
    static final Duration RECENT = Duration.ofMinutes(1);

    private static final Set<List<String>> QUESTIONS = Set.of(List.of("--version"), List.of("version"));

    private final ProcessLauncher launcher;
    private final Clock clock;
    private final Map<Command, Answer> answers = new ConcurrentHashMap<>();

    public RecentVersions(ProcessLauncher launcher, Clock clock) {
        this.launcher = launcher;
        this.clock = clock;
    }

    @Override
    public ChildProcess start(Command command, Consumer<String> stderrLines) {
        return launcher.start(command, stderrLines);
    }

    @Override
    public CommandOutput run(Command command, Duration timeout, Cancellation cancellation) {
        if (!QUESTIONS.contains(command.arguments())) {
            return launcher.run(command, timeout, cancellation);
        }
        Instant now = clock.instant();
        Answer last = answers.get(command);
        if (last != null && last.isRecent(now)) {
            return last.output();
        }
        CommandOutput output = launcher.run(command, timeout, cancellation);
        if (output.succeeded()) {
            answers.put(command, new Answer(output, now));
        }
        return output;
    }

    private record Answer(CommandOutput output, Instant given) {
        /** Not either if the clock was set back. */
        boolean isRecent(Instant now) {
            return !now.isBefore(given) && now.isBefore(given.plus(RECENT));
        }
    }
}
