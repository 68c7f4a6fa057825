package dev.kamalbackup.cli;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.cli.kamal.RemoteAccessory;
import dev.kamalbackup.cli.kamal.VersionGate;
import dev.kamalbackup.report.Reports;

/** Tells the versions here and in the accessory; that they differ is no failure. */
record RemoteVersions(Session session, Bridge bridge) {
    int tell(CommandCall call) {
        RemoteAccessory remote = bridge.reach(call);
        VersionGate gate = bridge.gate(remote, bridge.version(remote));
        if (session.json()) {
            session.print(Reports.version(
                    KamalBackup.version(), Runtime.version().toString(), gate.remote(), gate.inStep(), gate.reboot()));
            return 0;
        }
        session.print("local: " + gate.local());
        session.print("remote: " + gate.remote());
        session.print("status: " + (gate.inStep() ? "in sync" : "out of sync"));
        if (!gate.inStep()) {
            session.print("fix: " + gate.reboot());
        }
        return 0;
    }
}
