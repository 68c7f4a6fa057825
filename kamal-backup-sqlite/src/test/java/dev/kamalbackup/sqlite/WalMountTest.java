package dev.kamalbackup.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.spi.Concern;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalMountTest {
    private static final SqliteHeader WAL = new SqliteHeader(4096, true, 1, true);
    private static final SqliteHeader ROLLBACK = new SqliteHeader(4096, false, 1, true);
    private static final String ROOT = "20 1 8:1 / / rw - ext4 /dev/sda1 rw";

    @TempDir
    Path folder;

    @Test
    void aFolderOnALocalDiskIsFine() {
        assertThat(concerns(WAL, ROOT, mount(folder, "ext4"))).isEmpty();
        assertThat(concerns(WAL)).isEmpty();
    }

    @Test
    void aSingleFileThatIsMountedHidesTheLog() {
        assertThat(concerns(WAL, ROOT, mount(file(), "ext4"))).singleElement().satisfies(concern -> {
            assertThat(concern.text()).contains("mounted as a single file");
            assertThat(concern.fix()).contains("mount the folder");
        });
        assertThat(concerns(ROLLBACK, ROOT, mount(file(), "ext4"))).isEmpty();
    }

    @Test
    void aNetworkFileSystemIsToldEvenThroughMountsAboveIt() {
        assertThat(concerns(WAL, ROOT, mount(folder.getParent(), "nfs4")))
                .extracting(Concern::text)
                .singleElement()
                .asString()
                .contains("of the type nfs4");
        assertThat(concerns(WAL, ROOT, mount(folder.getParent(), "nfs4"), mount(folder, "xfs")))
                .isEmpty();
        assertThat(concerns(WAL, ROOT, mount(folder, "xfs"), mount(folder, "fuse.sshfs")))
                .hasSize(1);
    }

    @Test
    void mountsOfThisMachineAreRead() throws Exception {
        assertThat(WalMount.ofThisProcess().mounts()).isNotEmpty().allMatch(line -> line.contains(" - "));
    }

    @Test
    void aReadOnlyMountLeavesNoRoomForTheSharedMemory() {
        String readOnly = mount(folder, "ext4").replace(" rw shared", " ro,noatime shared");
        assertThat(concerns(WAL, ROOT, readOnly))
                .extracting(Concern::text)
                .singleElement()
                .asString()
                .contains("needs its -shm file there");
        assertThat(concerns(ROLLBACK, ROOT, readOnly)).isEmpty();
    }

    private List<Concern> concerns(SqliteHeader header, String... mounts) {
        return new WalMount(List.of(mounts)).concerns(file(), header);
    }

    private Path file() {
        return folder.resolve("my app.sqlite3");
    }

    private static String mount(Path path, String type) {
        return "21 20 8:1 / " + path.toString().replace(" ", "\\040") + " rw shared:1 - " + type + " source rw";
    }
}
