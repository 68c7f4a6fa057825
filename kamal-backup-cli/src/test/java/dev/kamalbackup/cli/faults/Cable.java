package dev.kamalbackup.cli.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.testing.LocalServer;
import dev.kamalbackup.testing.Tools;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** A REST server of restic in a network of its own, and a cable to there, which can be pulled or become very slow. */
final class Cable implements AutoCloseable {
    private static final int PORT = 8000;

    private final String name;
    private final String server;
    private final LocalServer running;

    /** The server shows what is in the folder. */
    Cable(Path folder, Path log) throws Exception {
        int number = ThreadLocalRandom.current().nextInt(1, 250);
        name = "kbf" + number;
        server = "10.213." + number + ".2";
        String near = "10.213." + number + ".1";
        shell("ip netns add " + name);
        try {
            shell("ip link add " + name + "n type veth peer name " + name + "f netns " + name + "; ip addr add " + near
                    + "/30 dev " + name + "n; ip link set " + name + "n up; ip -n " + name + " addr add " + server
                    + "/30 dev " + name + "f; ip -n " + name + " link set " + name + "f up; ip -n " + name
                    + " link set lo up");
            running = LocalServer.startAsIs(
                    log,
                    List.of(
                            "ip",
                            "netns",
                            "exec",
                            name,
                            Tools.restServer().toString(),
                            "--no-auth",
                            "--listen",
                            server + ":" + PORT,
                            "--path",
                            folder.toString()));
            shell("for i in $(seq 100); do (: </dev/tcp/" + server + "/" + PORT + ") 2>/dev/null && exit; sleep 0.1;"
                    + " done; exit 1");
        } catch (Exception | Error failed) {
            shell("ip netns delete " + name);
            throw failed;
        }
    }

    String repository() {
        return "repository: 'rest:http://" + server + ":" + PORT + "/repository/'";
    }

    /** At the far end, so that this one sees nothing but silence. */
    void pull() throws Exception {
        shell("ip -n " + name + " link set " + name + "f down");
    }

    void plug() throws Exception {
        shell("ip -n " + name + " link set " + name + "f up");
    }

    /** So many bytes a second come through, and what waits is soon lost. */
    void slow(int bytes) throws Exception {
        shell("tc qdisc add dev " + name + "n root tbf rate " + 8 * bytes + "bit burst 1600 limit 5000");
    }

    void fast() throws Exception {
        shell("tc qdisc del dev " + name + "n root");
    }

    /** How many bytes went to the server. */
    long sent() throws Exception {
        return Long.parseLong(
                shell("cat /sys/class/net/" + name + "n/statistics/tx_bytes").strip());
    }

    @Override
    public void close() throws Exception {
        running.close();
        shell("ip netns delete " + name + "; ip link delete " + name + "n 2>/dev/null || true");
    }

    private static String shell(String script) throws Exception {
        Process process = new ProcessBuilder("/bin/bash", "-euc", "export PATH=$PATH:/usr/sbin:/sbin; " + script)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("%s: %s; this needs root", script, said)
                .isZero();
        return said;
    }
}
