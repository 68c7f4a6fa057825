package dev.kamalbackup.cli;

import dev.kamalbackup.cli.kamal.RemoteAccessory;
import dev.kamalbackup.cli.kamal.RemoteVersion;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/**
 * This program in the accessory, ready to be called.
 *
 * @param inStep whether it is of the same version, and so knows frames
 */
record Remote(Session session, Bridge bridge, RemoteAccessory accessory, RemoteVersion version, boolean inStep) {
    /** Runs a command there; its results are results here. */
    int run(CommandCall call) {
        return run(call, session.surroundings().out());
    }

    /** The same with results printed elsewhere. */
    int run(CommandCall call, PrintStream out) {
        if (!inStep) {
            bridge.hideSecrets();
            // Another version may hide less than this one does.
            return accessory.plain(
                    call.arguments(), version.channel(), line -> out.println(session.redact(line)), session::say);
        }
        PrintStream err = session.surroundings().err();
        if (!session.json()) {
            return bridge.whileHidingSecrets(() -> accessory.framed(call.arguments(), version.channel(), out, err));
        }
        // Should the end never be heard of, the document about that must be the only one.
        ByteArrayOutputStream document = new ByteArrayOutputStream();
        int exitCode =
                bridge.whileHidingSecrets(() -> accessory.framed(call.arguments(), version.channel(), document, err));
        out.writeBytes(document.toByteArray());
        return exitCode;
    }
}
