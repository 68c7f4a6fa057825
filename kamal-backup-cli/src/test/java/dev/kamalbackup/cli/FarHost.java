package dev.kamalbackup.cli;

import dev.kamalbackup.testing.LocalServer;
import dev.kamalbackup.testing.SftpServer;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A host as Kamal sees it: a real sshd on an address of loopback, and behind it a {@code docker} that is a script. Its one
 * container is a folder with an environment of its own, in which {@code kamal-backup} starts the one jar.
 */
final class FarHost implements AutoCloseable {
    /** The name of the one container. */
    static final String CONTAINER = "shop-backup";

    /** Just what Kamal calls for an accessory. Options go before the container's name; input is read only with -i. */
    private static final String DOCKER = """
            far='%1$s'
            printf '%%s\\n' "$*" >>"$far/docker.log"
            case "$1" in
              ps)
                echo 'CONTAINER ID   IMAGE   COMMAND   STATUS   NAMES'
                [ -e "$far/down" ] || echo '0123456789ab   kamal-backup   "tini"   Up 2 days   %2$s'
                ;;
              exec)
                shift
                input=/dev/null
                while [ "${1#-}" != "$1" ]; do
                  case "$1" in -i* | --interactive) input= ;; esac
                  shift
                done
                if [ "$1" != %2$s ] || [ -e "$far/down" ]; then
                  echo "Error response from daemon: No such container: $1" >&2
                  exit 1
                fi
                shift
                mapfile -t environment <"$far/container.env"
                cd "$far/container"
                [ -z "$input" ] || exec <"$input"
                exec env -i "${environment[@]}" "$@"
                ;;
              *)
                echo "docker: '$1' is not a docker command here" >&2
                exit 1
                ;;
            esac
            """;

    final String address;
    final Path folder;
    private final Map<String, String> environment = new TreeMap<>();
    private final LocalServer server;

    private FarHost(String address, Path folder, LocalServer server) {
        this.address = address;
        this.folder = folder;
        this.server = server;
    }

    /** Starts one that lets in who has this key. */
    static FarHost start(String address, int port, Path folder, Path key) throws Exception {
        Files.createDirectories(folder.resolve("home"));
        Path bin = Files.createDirectories(folder.resolve("bin"));
        AppFolder.script(bin.resolve("docker"), DOCKER.formatted(folder, CONTAINER));
        // What a login gives: the user's own shell gets the command as one text, as it would from sshd.
        AppFolder.script(
                folder.resolve("login"),
                "export HOME='" + folder.resolve("home") + "' PATH='" + bin + "':/usr/bin:/bin\ncd\n"
                        + "exec /bin/bash -c \"$SSH_ORIGINAL_COMMAND\"");
        // The folder that sshd of Debian wants to be there, empty and root's.
        Files.createDirectories(Path.of("/run/sshd"));
        Path configuration = Files.writeString(
                folder.resolve("sshd_config"),
                String.join(
                        "\n",
                        "ListenAddress " + address,
                        "Port " + port,
                        "HostKey " + SftpServer.key(folder.resolve("host-key")),
                        "AuthorizedKeysFile " + key + ".pub",
                        "PermitRootLogin prohibit-password",
                        "PasswordAuthentication no",
                        "StrictModes no",
                        "UsePAM no",
                        "PidFile none",
                        "ForceCommand '" + folder.resolve("login") + "'",
                        ""));
        LocalServer server = LocalServer.startAsIs(
                folder.resolve("sshd.log"),
                List.of(Tools.ssh("sshd").toString(), "-D", "-e", "-r", "-f", configuration.toString()));
        FarHost host = new FarHost(address, folder, server);
        host.container();
        return host;
    }

    private void container() throws IOException {
        Path bin = Files.createDirectories(folder.resolve("container-bin"));
        Files.createDirectories(folder.resolve("container/config"));
        AppFolder.script(bin.resolve("restic"), "exec " + Tools.restic() + " \"$@\"");
        kamalBackup("exec " + Path.of(System.getProperty("java.home"), "bin", "java")
                + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar "
                + Path.of("target", "kamal-backup-cli.jar").toAbsolutePath() + " \"$@\"");
        with("PATH", bin + ":/usr/local/bin:/usr/bin:/bin");
        with("LC_ALL", "C.UTF-8");
        with("HOME", folder.resolve("container").toString());
        with("RESTIC_PASSWORD", TestRepository.PASSWORD);
    }

    /** A variable of the container; a value of one line. */
    FarHost with(String variable, String value) throws IOException {
        environment.put(variable, value);
        Files.writeString(
                folder.resolve("container.env"),
                environment.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue() + "\n")
                        .collect(Collectors.joining()));
        return this;
    }

    /** What {@code kamal-backup} is in the container: a script. */
    void kamalBackup(String script) throws IOException {
        AppFolder.script(folder.resolve("container-bin/kamal-backup"), script);
    }

    /** The container's working folder. */
    Path container(String path) {
        return folder.resolve("container").resolve(path);
    }

    /** The container is not there any more. */
    void takeDown() throws IOException {
        Files.writeString(folder.resolve("down"), "");
    }

    void bringUp() throws IOException {
        Files.deleteIfExists(folder.resolve("down"));
    }

    /** What was asked of docker, oldest first. */
    List<String> calls() throws IOException {
        Path log = folder.resolve("docker.log");
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    void forgetCalls() throws IOException {
        Files.deleteIfExists(folder.resolve("docker.log"));
    }

    @Override
    public void close() throws Exception {
        server.close();
    }
}
