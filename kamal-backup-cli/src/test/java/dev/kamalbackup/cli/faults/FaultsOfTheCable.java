package dev.kamalbackup.cli.faults;

import static dev.kamalbackup.cli.faults.Fault.once;

import java.util.List;

/** A network between two machines, made of network namespaces: the kernel's own TCP, and a link that fails. */
final class FaultsOfTheCable {
    private FaultsOfTheCable() {}

    static List<Fault> all() {
        return List.of(
                once(
                        "network-cut-between-namespaces",
                        Phase.UPLOAD,
                        "the link to the machine of the repository goes down while data are written, and stays down",
                        "restic is ended after `backup.stall_timeout`, and blamed",
                        victim -> overCable(victim, "6s", (cable, running) -> {
                            cable.pull();
                            running.end().with(1, "restic was ended: ", " moved for 6 s");
                        })),
                once(
                        "network-cut-for-a-moment",
                        Phase.UPLOAD,
                        "the link to the machine of the repository goes down while data are written, for five seconds",
                        "the run is good",
                        victim -> {
                            overCable(victim, "60s", (cable, running) -> {
                                cable.pull();
                                Thread.sleep(5_000);
                                cable.plug();
                                running.end().well();
                            });
                            victim.recording("backup", "complete");
                        }),
                once(
                        "network-trickles",
                        Phase.UPLOAD,
                        "1 KB a second comes through for a minute, with a `backup.stall_timeout` of 20 seconds",
                        "it moves, so it is not ended; the run is good",
                        victim -> {
                            overCable(victim, "20s", (cable, running) -> {
                                cable.slow(1_000);
                                long before = cable.sent();
                                Thread.sleep(60_000);
                                System.out.println("trickled " + (cable.sent() - before) + " bytes in a minute");
                                cable.fast();
                                running.end().well();
                            });
                            victim.recording("backup", "complete");
                        }));
    }

    private interface InTheMiddle {
        void happens(Cable cable, Running running) throws Exception;
    }

    private static void overCable(Victim victim, String stallTimeout, InTheMiddle inTheMiddle) throws Exception {
        victim.keepingOne();
        victim.app.shell("sqlite3 app.sqlite3 'CREATE TABLE more (x); INSERT INTO more VALUES (randomblob(30000000))'");
        try (Cable cable = new Cable(victim.folder, victim.mark("rest-server.log"))) {
            victim.configured(cable.repository(), "", "stall_timeout: " + stallTimeout);
            victim.inFrontOf("restic", "set -- --limit-upload 5000 \"$@\"");
            Running running = victim.start("backup").when("an upload", () -> cable.sent() > 4_000_000);
            inTheMiddle.happens(cable, running);
        }
        victim.mended("restic");
        victim.configured("", "");
    }
}
