package dev.kamalbackup.cli.faults;

import static dev.kamalbackup.cli.faults.Fault.always;
import static dev.kamalbackup.cli.faults.Fault.once;

import dev.kamalbackup.testing.LocalServer;
import dev.kamalbackup.testing.Monitor;
import java.util.List;

/** A monitor that is to be told of a backup, and cannot be. The backup is over by then, and as good as it was. */
final class FaultsOfNotification {
    private static final String ADDRESS = "KAMAL_BACKUP_NOTIFY_SUCCESS";

    private FaultsOfNotification() {}

    static List<Fault> all() {
        return List.of(
                always(
                        "monitor-gone",
                        Phase.NOTIFICATION,
                        "nothing listens where the monitor was",
                        "a warning; the run is good",
                        victim -> told(victim, "http://127.0.0.1:" + LocalServer.freePort() + "/ping")),
                once(
                        "monitor-answers-500",
                        Phase.NOTIFICATION,
                        "the monitor answers with 500",
                        "a warning after three attempts; the run is good",
                        victim -> {
                            try (Monitor monitor = Monitor.answering(500)) {
                                told(victim, monitor.address("/ping"));
                            }
                        }),
                whileItIsTold(
                        "terminated-in-notification",
                        "SIGTERM to",
                        running -> running.terminate().end().with(143)),
                whileItIsTold(
                        "killed-in-notification",
                        "SIGKILL of",
                        running -> running.kill().end().with(137)));
    }

    private interface Strike {
        void on(Running running) throws Exception;
    }

    private static void told(Victim victim, String address) throws Exception {
        victim.app.with(ADDRESS, address);
        victim.run("backup").with(0, "tell 127.0.0.1 of the success", "see notify.success");
        victim.app.with(ADDRESS, "");
        victim.counting(1).recording("backup", "complete");
    }

    private static Fault whileItIsTold(String name, String what, Strike strike) {
        return once(
                name,
                Phase.NOTIFICATION,
                what + " kamal-backup while the monitor does not answer",
                "it ends in time; the run is good",
                victim -> {
                    try (Monitor monitor = Monitor.silent()) {
                        victim.app.with(ADDRESS, monitor.address("/ping"));
                        strike.on(victim.start("backup")
                                .when(
                                        "the monitor to be told",
                                        () -> !monitor.told().isEmpty()));
                    }
                    victim.app.with(ADDRESS, "");
                    victim.counting(1).recording("backup", "complete");
                });
    }
}
