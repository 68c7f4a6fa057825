package dev.kamalbackup.cli;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import java.util.List;
import java.util.function.Supplier;

/** The questions before a command that replaces something in the accessory: asked here, where a person sits. */
final class RemoteQuestions {
    private static final String RESTORE = "restore production";
    private static final String DRILL = "drill production";
    private static final String CONFIRM = "--confirm-production-restore";
    private static final String YES = "--yes";
    private static final String AT = "--at";
    private static final String DRY_RUN = "--dry-run";

    private final Session session;
    private final CommandCall call;

    RemoteQuestions(Session session, CommandCall call) {
        this.session = session;
        this.call = prepared(call);
    }

    private static CommandCall prepared(CommandCall call) {
        if (!call.words().equals(RESTORE) && !call.words().equals(DRILL)) {
            return call;
        }
        CommandCall named = call.has(AT) ? call : call.withDefaultOperand("latest");
        return call.words().equals(DRILL) ? named.with("--files", call.value("--files", "/restore/files")) : named;
    }

    /** What cannot be confirmed need not be planned. */
    void refuseUnaskable() {
        if (!areNeeded()) {
            return;
        }
        if (call.words().equals(RESTORE)) {
            RestoreConfirmation.refuseUnaskable(session, call.has(YES), call::misuse);
        } else if (!session.surroundings().terminal()) {
            throw call.misuse("confirmation required; rerun with --yes");
        }
    }

    boolean areNeeded() {
        return switch (call.words()) {
            case RESTORE -> !call.has(DRY_RUN) && !call.has(CONFIRM);
            case DRILL -> !call.has(DRY_RUN) && !call.has(YES);
            default -> false;
        };
    }

    /** What shows the plan. */
    CommandCall plan() {
        return call.without("--json").with(DRY_RUN);
    }

    /** @throws RestoreException if the answer to any is not yes */
    void ask(Supplier<String> app) {
        boolean agreed = call.words().equals(RESTORE)
                ? RestoreConfirmation.isGiven(session, app.get(), "Restore this run now? [y/N] ")
                : YesOrNo.isYes(session.ask("Drill in the accessory now? [y/N] "));
        if (!agreed) {
            throw new RestoreException(new Fault(call.words(), "the accessory", "aborted", "nothing was changed"));
        }
    }

    /** The same of the very run that was shown: by the time a person has answered, another may be the latest. */
    CommandCall answered(String run) {
        return new RemoteQuestions(session, call.without(AT).withOperand(run)).answered();
    }

    /** What is run once everything is answered. */
    CommandCall answered() {
        if (call.has(DRY_RUN)) {
            // Should another version not know --dry-run, it must at least find nothing agreed to.
            return call.without(CONFIRM).without(YES);
        }
        return switch (call.words()) {
            case RESTORE -> call.with(CONFIRM).without(YES).optionsFirst(List.of(CONFIRM));
            case DRILL ->
                call.with(YES).optionsFirst(List.of("--files", YES, "--database", "--sqlite-path", "--check"));
            default -> call;
        };
    }
}
