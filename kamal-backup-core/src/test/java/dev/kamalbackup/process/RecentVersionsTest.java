package dev.kamalbackup.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.testing.SteppingClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Counts how often a program is really asked. */
final class RecentVersionsTest {
    private final SteppingClock clock = new SteppingClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final Counting programs = new Counting();
    private final RecentVersions launcher = new RecentVersions(programs, clock);

    @Test
    void oneMinuteLongTheFirstAnswerWillDo() {
        assertThat(ask("psql", "--version")).isEqualTo("answer 1");
        clock.step(Duration.ofSeconds(59));
        assertThat(ask("psql", "--version")).isEqualTo("answer 1");
        clock.step(Duration.ofSeconds(1));
        assertThat(ask("psql", "--version")).isEqualTo("answer 2");
    }

    @Test
    void aClockThatIsSetBackMakesNoAnswerLastLonger() {
        ask("psql", "--version");
        clock.step(Duration.ofDays(-1));
        assertThat(ask("psql", "--version")).isEqualTo("answer 2");
    }

    @Test
    void anotherProgramOrEnvironmentIsAskedItself() {
        ask("psql", "--version");
        assertThat(ask("pg_restore", "--version")).isEqualTo("answer 2");
        assertThat(ask(new Command("psql", List.of("--version"), environment("/opt/bin"))))
                .isEqualTo("answer 3");
    }

    @Test
    void whatIsNoQuestionForAVersionIsDoneEachTime() {
        ask("restic", "snapshots");
        assertThat(ask("restic", "snapshots")).isEqualTo("answer 2");
    }

    @Test
    void aFailureIsNotRemembered() {
        programs.exitCode = 1;
        ask("psql", "--version");
        programs.exitCode = 0;
        assertThat(ask("psql", "--version")).isEqualTo("answer 2");
    }

    private String ask(String program, String argument) {
        return ask(new Command(program, List.of(argument), environment("/usr/bin")));
    }

    private String ask(Command command) {
        return launcher.run(command, Duration.ofSeconds(1), new Cancellation()).stdout();
    }

    private static ChildEnvironment environment(String path) {
        return ChildEnvironment.basics(Map.of("PATH", path));
    }

    private static final class Counting implements ProcessLauncher {
        private int asked;
        private int exitCode;

        @Override
        public ChildProcess start(Command command, Consumer<String> stderrLines) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CommandOutput run(Command command, Duration timeout, Cancellation cancellation) {
            asked++;
            return new CommandOutput(exitCode, "answer " + asked, "");
        }
    }
}
