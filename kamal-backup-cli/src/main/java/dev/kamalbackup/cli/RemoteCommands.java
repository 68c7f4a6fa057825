package dev.kamalbackup.cli;

import dev.kamalbackup.cli.kamal.RemoteAccessory;
import dev.kamalbackup.cli.kamal.RemoteVersion;
import dev.kamalbackup.cli.kamal.VersionGate;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.ToolException;
import dev.kamalbackup.report.Reports;
import java.util.Optional;

/** Runs commands in the accessory: what they print is printed here, and their exit code is this program's. */
final class RemoteCommands {
    private final Session session;
    private final Bridge bridge;

    private RemoteCommands(Session session, Bridge bridge) {
        this.session = session;
        this.bridge = bridge;
    }

    static int run(Session session, CommandCall call) {
        RemoteQuestions questions = new RemoteQuestions(session, call);
        RemoteFiles.check(call);
        questions.refuseUnaskable();
        RemoteCommands commands = new RemoteCommands(session, Bridge.open(session));
        if (call.words().equals("version")) {
            return new RemoteVersions(session, commands.bridge).tell(call);
        }
        return commands.ask(questions, call);
    }

    private int ask(RemoteQuestions questions, CommandCall call) {
        RemoteAccessory remote = bridge.reach(call);
        RemoteVersion version = bridge.version(remote);
        VersionGate gate = bridge.gate(remote, version);
        if (call.words().equals(Whereabouts.DUMP)) {
            gate.requireInStep(call.words());
        }
        gate.pass(
                call.words(),
                Whereabouts.isDestructive(call),
                session.deployment().skipVersionCheck(),
                session::say);
        Remote there = new Remote(session, bridge, remote, version, gate.inStep());
        if (!questions.areNeeded()) {
            return there.run(questions.answered());
        }
        PlannedRun planned = new PlannedRun(session.surroundings().err());
        int exitCode = there.run(questions.plan(), planned.output());
        if (exitCode != 0) {
            return failed(call, exitCode);
        }
        Optional<String> run = planned.id();
        if (run.isEmpty() && there.inStep()) {
            throw new ToolException(new Fault(
                    "run " + call.words(),
                    "the accessory",
                    "its plan does not say which run it is for; nothing was done",
                    "name the run: kamal-backup list shows them"));
        }
        if (run.isEmpty()) {
            session.say("warning: the plan does not say which run it is for; the one there is by then will be taken");
        }
        questions.ask(bridge::app);
        return there.run(run.map(questions::answered).orElseGet(questions::answered));
    }

    /** The plan's own words went where people read; a program that wants a document gets one, too. */
    private int failed(CommandCall call, int exitCode) {
        if (session.json()) {
            session.print(Reports.error(
                    new Fault(
                            "plan " + call.words(),
                            "the accessory",
                            "it ended with exit code " + exitCode,
                            "what it said is on standard error"),
                    exitCode));
        }
        return exitCode;
    }
}
