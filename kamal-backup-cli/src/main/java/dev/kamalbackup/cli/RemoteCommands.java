package dev.kamalbackup.cli;

import dev.kamalbackup.cli.kamal.KamalOptions;
import dev.kamalbackup.cli.kamal.RemoteAccessory;
import dev.kamalbackup.cli.kamal.RemoteVersion;
import dev.kamalbackup.cli.kamal.VersionGate;
import java.io.PrintStream;

/** Runs commands in the accessory: what they print is printed here, and their exit code is this program's. */
final class RemoteCommands {
    private final Session session;
    private final Bridge bridge;

    private RemoteCommands(Session session, Bridge bridge) {
        this.session = session;
        this.bridge = bridge;
    }

    static int run(Session session, CommandCall call, KamalOptions options) {
        RemoteQuestions questions = new RemoteQuestions(session, call);
        RemoteFiles.check(call);
        questions.refuseUnaskable();
        RemoteCommands commands = new RemoteCommands(session, Bridge.open(session, options));
        if (call.words().equals("version")) {
            return new RemoteVersions(session, commands.bridge).tell(call);
        }
        return commands.ask(questions, call);
    }

    private int ask(RemoteQuestions questions, CommandCall call) {
        RemoteAccessory remote = bridge.reach(call);
        RemoteVersion version = bridge.version(remote);
        VersionGate gate = bridge.gate(remote, version);
        gate.pass(
                call.words(), Whereabouts.isDestructive(call), bridge.options().skipVersionCheck(), session::say);
        Remote there = new Remote(session, bridge, remote, version, gate.inStep());
        if (!questions.areNeeded()) {
            return there.run(questions.answered());
        }
        PrintStream err = session.surroundings().err();
        int planned = there.run(questions.plan(), err);
        if (planned != 0) {
            return planned;
        }
        questions.ask(bridge::app);
        return there.run(questions.answered());
    }
}
