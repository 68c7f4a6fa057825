package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lab itself is what it says: Kamal's own commands reach the container, and only it. */
class KamalLabIT {
    @TempDir
    private Path folder;

    @Test
    void kamalReachesTheContainer() throws Exception {
        try (KamalLab lab = KamalLab.start(folder, 2)) {
            lab.accessoryOn("127.0.0.1", "127.0.0.2");
            lab.hosts.get(0).kamalBackup("echo here \"$RESTIC_PASSWORD\" \"${HOSTNAME-none}\" \"$@\"; pwd");
            lab.hosts.get(1).takeDown();

            String details = kamal(lab, "accessory details backup");
            assertThat(details).contains("Host: 127.0.0.1", "Host: 127.0.0.2").containsOnlyOnce("Up 2 days");
            String said = kamal(lab, "accessory exec --reuse -h 127.0.0.1 backup kamal-backup a \"'b  c'\"");
            assertThat(said)
                    .contains("here canary-repository-7f3a9c")
                    .contains(" a b  c\n" + lab.host().container(""));
            assertThat(Files.readString(lab.hosts.get(1).folder.resolve("docker.log")))
                    .doesNotContain("exec");
        }
    }

    private static String kamal(KamalLab lab, String arguments) throws Exception {
        return lab.checkout.shell("PATH=" + lab.checkout.folder + "/bin:$PATH HOME=" + lab.checkout.folder + " "
                + Tools.kamal() + " " + arguments);
    }
}
