package dev.kamalbackup.testing;

import dev.kamalbackup.config.ResticSettings;
import dev.kamalbackup.redact.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An SFTP server on loopback that lets in whoever runs the test, by a key made for it: OpenSSH. */
public final class SftpServer implements AutoCloseable {
    private final LocalServer server;
    private final Path folder;
    private final int port;

    private SftpServer(LocalServer server, Path folder, int port) {
        this.server = server;
        this.folder = folder;
        this.port = port;
    }

    /** Starts one whose files lie in this folder. */
    public static SftpServer start(Path folder) throws Exception {
        Files.createDirectories(folder);
        int port = LocalServer.freePort();
        Path host = key(folder.resolve("host-key"));
        Path user = key(folder.resolve("user-key"));
        // The folder that sshd of Debian wants to be there, empty and root's.
        Files.createDirectories(Path.of("/run/sshd"));
        Path configuration = Files.writeString(
                folder.resolve("sshd_config"),
                String.join(
                        "\n",
                        "ListenAddress 127.0.0.1",
                        "Port " + port,
                        "HostKey " + host,
                        "AuthorizedKeysFile " + user + ".pub",
                        "PermitRootLogin prohibit-password",
                        "PasswordAuthentication no",
                        "StrictModes no",
                        "UsePAM no",
                        "PidFile none",
                        "Subsystem sftp internal-sftp",
                        ""));
        Files.writeString(
                folder.resolve("known_hosts"), "[127.0.0.1]:" + port + " " + Files.readString(Path.of(host + ".pub")));
        // What an operator would have in ~/.ssh/config.
        Files.writeString(
                folder.resolve("ssh_config"),
                String.join(
                        "\n",
                        "Host *",
                        "  IdentityFile " + user,
                        "  IdentitiesOnly yes",
                        "  UserKnownHostsFile " + folder.resolve("known_hosts"),
                        "  BatchMode yes",
                        ""));
        Path ssh = Files.createDirectories(folder.resolve("bin")).resolve("ssh");
        Files.writeString(
                ssh, "#!/bin/sh\nexec '" + Tools.ssh("ssh") + "' -F '" + folder.resolve("ssh_config") + "' \"$@\"\n");
        Files.setPosixFilePermissions(ssh, PosixFilePermissions.fromString("rwxr-xr-x"));
        LocalServer server = LocalServer.startAsIs(
                folder.resolve("sshd.log"),
                // It cannot start itself anew for each connection (-r): it runs by a loader that is not the system's.
                List.of(Tools.ssh("sshd").toString(), "-D", "-e", "-r", "-f", configuration.toString()));
        LocalServer.awaitPort("the SFTP server", port);
        return new SftpServer(server, folder, port);
    }

    /** Settings for a repository that is not there yet. */
    public ResticSettings settings() {
        return ResticSettings.of(address(), new Secret(TestRepository.PASSWORD))
                .withProgram(Tools.restic().toString());
    }

    /** Where restic finds the repository. */
    public String address() {
        return "sftp://" + System.getProperty("user.name") + "@127.0.0.1:" + port + "/" + folder.resolve("repository");
    }

    /** Connections stay, and new ones are taken, but nothing answers any more. */
    public void freeze() throws Exception {
        server.signal("STOP");
    }

    /** Goes on where it was frozen. */
    public void thaw() throws Exception {
        server.signal("CONT");
    }

    /** This process's environment, in which {@code ssh} has the key for the server and knows the server's. */
    public Map<String, String> environment() {
        Map<String, String> environment = new TreeMap<>(System.getenv());
        environment.merge("PATH", folder.resolve("bin").toString(), (path, first) -> first + ":" + path);
        return environment;
    }

    /** Lets nobody in any more. */
    public void forgetKeys() throws Exception {
        Files.writeString(folder.resolve("user-key.pub"), "");
    }

    /** Makes a key without a passphrase; its public half has the same name and {@code .pub}. */
    public static Path key(Path file) throws Exception {
        Process process = new ProcessBuilder(
                        Tools.ssh("ssh-keygen").toString(), "-q", "-t", "ed25519", "-N", "", "-f", file.toString())
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new AssertionError("ssh-keygen ended with " + process.exitValue());
        }
        return file;
    }

    @Override
    public void close() throws Exception {
        server.close();
    }
}
