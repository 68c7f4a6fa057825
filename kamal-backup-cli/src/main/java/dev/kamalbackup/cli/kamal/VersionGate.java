package dev.kamalbackup.cli.kamal;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.ToolException;
import java.util.function.Consumer;

/**
 * Keeps two versions of this program from misunderstanding each other.
 *
 * @param local the version here
 * @param remote the version in the accessory
 * @param reboot how the accessory gets the image that is configured
 */
public record VersionGate(String local, String remote, String reboot) {
    /** Whether they are the same. */
    public boolean inStep() {
        return local.equals(remote);
    }

    /**
     * Lets a command through, or not.
     *
     * @param destructive whether the command may change what cannot be changed back
     * @param skip whether a person takes the risk
     * @throws ToolException if versions differ and that is too dangerous
     */
    public void pass(String command, boolean destructive, boolean skip, Consumer<String> warn) {
        if (inStep()) {
            return;
        }
        String reason = reason();
        if (destructive && !skip) {
            throw new ToolException(new Fault(
                    "run " + command,
                    "the accessory",
                    reason + "; nothing was done",
                    "bring them in step: " + reboot + ", or use version " + remote
                            + " here; in an emergency: --skip-version-check"));
        }
        warn.accept("warning: " + reason + "; to bring them in step: " + reboot);
    }

    /**
     * Refuses a command whose output is no text: another version's comes by lines, as text.
     *
     * @throws ToolException if versions differ, whatever risk a person takes
     */
    public void requireInStep(String command) {
        if (!inStep()) {
            throw new ToolException(new Fault(
                    "run " + command,
                    "the accessory",
                    reason() + "; bytes would not come over as they are",
                    "bring them in step: " + reboot + ", or use version " + remote + " here"));
        }
    }

    private String reason() {
        return "the accessory runs version " + remote + ", this is " + local;
    }
}
