package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** That a command which is built alone is no other than it is among all. */
final class CommandTreeTest {
    private final Session session = new Session(
            new Surroundings(
                    InputStream.nullInputStream(),
                    new PrintStream(PrintStream.nullOutputStream()),
                    new PrintStream(PrintStream.nullOutputStream()),
                    Map.of(),
                    Path.of("/nowhere"),
                    Clock.systemUTC(),
                    false),
            new Signals(),
            Library::open,
            false);

    @Test
    void aLineThatBeginsWithACommandBuildsThatCommandAloneAndAlike() {
        Map<String, CommandLine> all = CommandTree.whole(session).getSubcommands();
        assertThat(all).hasSize(17);
        all.forEach((name, command) -> {
            Map<String, CommandLine> reached =
                    CommandTree.reachedBy(List.of(name, "--json"), session).getSubcommands();

            assertThat(reached).containsOnlyKeys(name);
            assertSame(reached.get(name), command);
        });
    }

    private static void assertSame(CommandLine alone, CommandLine amongAll) {
        assertThat(alone.getUsageMessage()).isEqualTo(amongAll.getUsageMessage());
        assertThat(alone.getSubcommands().keySet())
                .isEqualTo(amongAll.getSubcommands().keySet());
        alone.getSubcommands()
                .forEach((name, below) ->
                        assertSame(below, amongAll.getSubcommands().get(name)));
    }

    @Test
    void anyOtherLineCanReachThemAll() {
        for (List<String> line :
                List.of(List.<String>of(), List.of("-c", "config/deploy.yml", "list"), List.of("lst"))) {
            assertThat(CommandTree.reachedBy(line, session).getSubcommands()).hasSize(17);
        }
    }
}
