package dev.kamalbackup.cli;

import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The question before something is replaced, and the option not to be asked. */
final class YesOrNo {
    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    boolean agreed(Session session, String question) {
        if (yes) {
            return true;
        }
        if (!session.surroundings().terminal()) {
            throw new CommandLine.ParameterException(spec.commandLine(), "confirmation required; rerun with --yes");
        }
        return isYes(session.ask(question + " [y/N] "));
    }

    static boolean isYes(String answer) {
        return Set.of("y", "Y", "yes").contains(answer);
    }
}
