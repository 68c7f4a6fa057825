package dev.kamalbackup.cli;

import java.util.function.Function;
import picocli.CommandLine;

/** The three questions before production is replaced. */
final class RestoreConfirmation {
    private static final String PHRASE = "RESTORE PRODUCTION";

    private RestoreConfirmation() {}

    /** Where nobody can be asked, or {@code --yes} was given in their place. */
    static void refuseUnaskable(Session session, boolean yes, Function<String, CommandLine.ParameterException> misuse) {
        if (yes) {
            throw misuse.apply(
                    "--yes does not bypass the questions of restore production: --confirm-production-restore does");
        }
        if (!session.surroundings().terminal()) {
            throw misuse.apply("confirmation required, and nobody to ask; rerun with --confirm-production-restore");
        }
    }

    static boolean isGiven(Session session, String app, String lastQuestion) {
        return session.ask("This replaces production. Type the app's name to go on: ")
                        .equals(app)
                && session.ask("Type " + PHRASE + ": ").equals(PHRASE)
                && YesOrNo.isYes(session.ask(lastQuestion));
    }
}
