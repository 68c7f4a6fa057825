package dev.kamalbackup.cli.faults;

import static dev.kamalbackup.cli.faults.Fault.once;

import dev.kamalbackup.testing.LocalServer;
import dev.kamalbackup.testing.Tools;
import java.util.List;

/** Restic's REST server behind a network and a machine of its own, both of which fail. */
final class FaultsOfTheNetwork {
    private FaultsOfTheNetwork() {}

    static List<Fault> all() {
        return List.of(
                answersTwice(true, 500),
                answersTwice(true, 429),
                once(
                        "server-answers-507",
                        Phase.UPLOAD,
                        "the repository's server answers every upload with 507: it has no room",
                        "restic is blamed at once, with what to do",
                        victim -> {
                            try (LocalServer server = server(victim);
                                    AnsweringServer full = new AnsweringServer(victim.serverPort, 507, 1_000)) {
                                over(victim, full.port);
                                victim.run("backup").with(1, "restic", "make room");
                            }
                            local(victim);
                        }),
                once(
                        "server-vanished",
                        Phase.BEFORE,
                        "nothing listens where the repository's server was",
                        "it is given up after `restic.open_timeout`",
                        victim -> {
                            over(victim, LocalServer.freePort());
                            victim.run("backup").with(1, "restic", "connection refused");
                            local(victim);
                        }),
                givenUp(
                        "network-frozen-in-upload",
                        "the connection to the repository stays, and nothing comes through",
                        (server, wire) -> wire.freeze()),
                givenUp(
                        "server-vanishes-in-upload",
                        "the repository's server is killed while data are written, and does not come back",
                        (server, wire) -> server.kill()),
                once(
                        "server-comes-back",
                        Phase.UPLOAD,
                        "the connection to the repository breaks while data are written; three seconds later there is one",
                        "the run is good",
                        victim -> overWire(victim, (server, wire, running) -> {
                            wire.cut();
                            Thread.sleep(3_000);
                            wire.mend();
                            running.end().well();
                            victim.recording("backup", "complete");
                        })));
    }

    private interface InTheMiddle {
        void happens(LocalServer server, Wire wire, Running running) throws Exception;
    }

    private interface Happening {
        void to(LocalServer server, Wire wire) throws Exception;
    }

    private static Fault answersTwice(boolean cheap, int status) {
        return new Fault(
                "server-answers-" + status,
                Phase.UPLOAD,
                cheap,
                "the repository's server answers two uploads with " + status,
                "restic tries again, the run is good",
                victim -> {
                    try (LocalServer server = server(victim);
                            AnsweringServer answering = new AnsweringServer(victim.serverPort, status, 2)) {
                        over(victim, answering.port);
                        victim.run("backup").well();
                    }
                    local(victim).counting(1).recording("backup", "complete");
                });
    }

    /** Restic itself tries for a quarter of an hour; somebody who does not want to wait sends a SIGTERM. */
    private static Fault givenUp(String name, String what, Happening happening) {
        return once(
                name,
                Phase.UPLOAD,
                what + "; then SIGTERM to kamal-backup",
                "exit code 143 in time; the next retention removes the dead restic's lock",
                victim -> overWire(victim, (server, wire, running) -> {
                    happening.to(server, wire);
                    Thread.sleep(3_000);
                    running.terminate().end().with(143, "interrupted: SIGTERM received");
                    victim.recording("backup", "interrupted");
                }));
    }

    private static void overWire(Victim victim, InTheMiddle inTheMiddle) throws Exception {
        // So much that it is still under way when something happens to it.
        victim.keepingOne();
        victim.app.shell("sqlite3 app.sqlite3 'CREATE TABLE more (x); INSERT INTO more VALUES (randomblob(30000000))'");
        try (LocalServer server = server(victim);
                Wire wire = new Wire(victim.serverPort)) {
            over(victim, wire.port);
            victim.inFrontOf("restic", "exec $REAL --limit-upload 10000 \"$@\"");
            Running running = victim.start("backup").when("an upload", () -> wire.passed() > 4_000_000);
            inTheMiddle.happens(server, wire, running);
        }
        victim.mended("restic");
        local(victim);
    }

    private static LocalServer server(Victim victim) throws Exception {
        int port = LocalServer.freePort();
        victim.serverPort = port;
        LocalServer server = LocalServer.startAsIs(
                victim.mark("rest-server.log"),
                List.of(
                        Tools.restServer().toString(),
                        "--no-auth",
                        "--listen",
                        "127.0.0.1:" + port,
                        "--path",
                        victim.folder.toString()));
        LocalServer.awaitPort("the REST server", port);
        return server;
    }

    private static void over(Victim victim, int port) throws Exception {
        victim.configured("repository: 'rest:http://127.0.0.1:" + port + "/repository/'", "", "");
    }

    /** The same repository, without a network. */
    private static Victim local(Victim victim) throws Exception {
        return victim.configured("", "");
    }
}
