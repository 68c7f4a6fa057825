package dev.kamalbackup.run;

import dev.kamalbackup.event.BackupListener;
import java.util.List;

/** Notes every event as text. */
final class HearingListener implements BackupListener {
    private final List<String> heard;

    HearingListener(List<String> heard) {
        this.heard = heard;
    }

    @Override
    public void started(String label) {
        note("started " + label);
    }

    @Override
    public void finished(String label, String outcome) {
        note("finished " + label + ": " + outcome);
    }

    @Override
    public void failed(String label, String reason) {
        note("failed " + label + ": " + reason);
    }

    @Override
    public void warning(String message) {
        note("warning: " + message);
    }

    private void note(String event) {
        synchronized (heard) {
            heard.add(event);
        }
    }
}
