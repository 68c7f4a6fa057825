package dev.kamalbackup;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.drill.DrillResult;
import dev.kamalbackup.drill.Outcome;
import dev.kamalbackup.error.BusyException;
import dev.kamalbackup.error.CancelledException;
import dev.kamalbackup.error.KamalBackupException;
import dev.kamalbackup.notify.Notifier;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.report.RedactedJson;
import dev.kamalbackup.report.Reports;
import dev.kamalbackup.run.BackupAnswer;
import dev.kamalbackup.upkeep.CheckResult;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What is told to whom when a piece of work is over: the document that the verb would print. Work that was interrupted, or
 * had to wait for other work, is told to nobody; a monitor that then hears nothing knows enough.
 */
record Announcements(Notifier notifier, Redactor redactor) {
    /** A backup: both when it is complete and when it failed. */
    BackupAnswer ofBackup(Supplier<BackupAnswer> backup, Clock clock, Cancellation cancellation) {
        BackupAnswer answer = orTold(backup, cancellation);
        if (answer instanceof BackupAnswer.Made made && !made.result().interrupted()) {
            ObjectNode document = Reports.of(answer, clock.instant());
            if (made.result().complete()) {
                notifier.succeeded(RedactedJson.of(document, redactor::redact), cancellation);
            } else {
                failed(document, cancellation);
            }
        }
        return answer;
    }

    /** A scheduled check, if it failed: a success is no news, and would make up for a backup that failed. */
    CheckResult ofCheck(Supplier<CheckResult> check, Cancellation cancellation) {
        CheckResult result = orTold(check, cancellation);
        if (!result.ok()) {
            failed(Reports.of(result), cancellation);
        }
        return result;
    }

    /** A scheduled drill, if it did not pass. */
    DrillResult ofDrill(Supplier<DrillResult> drill, Cancellation cancellation) {
        DrillResult result = orTold(drill, cancellation);
        if (result.outcome() != Outcome.PASSED) {
            failed(Reports.of(result), cancellation);
        }
        return result;
    }

    private <T> T orTold(Supplier<T> work, Cancellation cancellation) {
        try {
            return work.get();
        } catch (CancelledException | BusyException noFailure) {
            throw noFailure;
        } catch (KamalBackupException failed) {
            failed(Reports.error(failed), cancellation);
            throw failed;
        }
    }

    private void failed(ObjectNode document, Cancellation cancellation) {
        notifier.failed(RedactedJson.of(document, redactor::redact), cancellation);
    }
}
