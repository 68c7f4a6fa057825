package dev.kamalbackup.cli;

import dev.kamalbackup.testing.LocalServer;
import dev.kamalbackup.testing.SftpServer;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** An app's checkout with the real Kamal, and hosts that it reaches over a real sshd. */
final class KamalLab implements AutoCloseable {
    /** A secret of the accessory with every character that can be printed. */
    static final String ODD_SECRET = printable();

    final AppFolder checkout;
    final List<FarHost> hosts = new ArrayList<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final Path key;
    private final int port;

    private KamalLab(AppFolder checkout, Path key, int port) {
        this.checkout = checkout;
        this.key = key;
        this.port = port;
    }

    /** Starts as many hosts; the accessory is on the first. */
    static KamalLab start(Path folder, int hosts) throws Exception {
        Path key = SftpServer.key(Files.createDirectories(folder).resolve("key"));
        AppFolder checkout = AppFolder.create(folder.resolve("shop"), "0.19");
        KamalLab lab = new KamalLab(checkout, key, LocalServer.freePort());
        try {
            for (int number = 1; number <= hosts; number++) {
                FarHost host = FarHost.start("127.0.0." + number, lab.port, folder.resolve("host-" + number), key);
                lab.hosts.add(host);
                lab.opened.add(host);
            }
            LocalServer.awaitPort("sshd", lab.port);
            lab.prepare(Files.createDirectories(folder.resolve("home")));
        } catch (Exception failed) {
            lab.close();
            throw failed;
        }
        return lab;
    }

    private void prepare(Path home) throws Exception {
        checkout.with("HOME", home.toString()).with("KAMAL_BIN", Tools.kamal().toString());
        // Kamal starts it for a command at a terminal; what an operator would have in ~/.ssh/config.
        checkout.program(
                "ssh",
                "exec '" + Tools.ssh("ssh") + "' -F /dev/null -o BatchMode=yes -o StrictHostKeyChecking=accept-new"
                        + " -o UserKnownHostsFile='" + home.resolve("known_hosts") + "' \"$@\"");
        accessoryOn(host().address);
        secrets("");
        checkout.shell("git init -q .; git add -A; git -c user.name=t -c user.email=t@example.org commit -qm app");
    }

    FarHost host() {
        return hosts.get(0);
    }

    /** The accessory's only secret is the repository's password; these lines come with it. */
    void secrets(String lines) throws IOException {
        Path file = Files.createDirectories(checkout.folder.resolve(".kamal")).resolve("secrets");
        Files.writeString(
                file,
                "KAMAL_REGISTRY_PASSWORD=registry-pass\nRESTIC_PASSWORD=" + TestRepository.PASSWORD + "\n" + lines);
    }

    /** Kamal's configuration, with the accessory on these addresses. */
    void accessoryOn(String... addresses) throws IOException {
        deployed("[" + String.join(", ", addresses) + "]", "[RESTIC_PASSWORD]");
    }

    /** The same with these secrets for the accessory, as YAML. */
    void deployed(String addresses, String secrets) throws IOException {
        Files.writeString(checkout.folder.resolve("config/deploy.yml"), """
                service: shop
                image: example/shop
                servers: [127.0.0.1]
                registry: { username: ci, password: [KAMAL_REGISTRY_PASSWORD] }
                builder: { arch: amd64 }
                %s
                accessories:
                  backup:
                    image: example/kamal-backup:1
                    hosts: %s
                    files: ["config/kamal-backup.yml:/app/config/kamal-backup.yml:ro"]
                    env: { secret: %s }
                """.formatted(ssh(), addresses, secrets));
    }

    /** How Kamal gets to the hosts, as YAML. */
    String ssh() {
        return "ssh: { user: " + System.getProperty("user.name") + ", port: " + port + ", keys: [\"" + key
                + "\"], keys_only: true }";
    }

    /** An address at which somebody takes the call and never says a word. */
    String silentAddress() throws IOException {
        String address = "127.0.0.99";
        opened.add(new ServerSocket(port, 50, InetAddress.getByName(address)));
        return address;
    }

    private static String printable() {
        return IntStream.rangeClosed(' ', '~').mapToObj(Character::toString).collect(Collectors.joining());
    }

    @Override
    public void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
    }
}
