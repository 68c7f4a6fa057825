package dev.kamalbackup.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.RestoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobFoldersIT {
    /** The longest path that Linux takes, with the zero at its end. */
    private static final int LONGEST_PATH = 4096;

    @TempDir
    private Path folder;

    @Test
    void aFolderThatCannotBeWalkedIsTold() throws Exception {
        Path deep = folder;
        while (deep.toString().length() + 200 < LONGEST_PATH) {
            deep = Files.createDirectory(deep.resolve("f".repeat(190)));
        }
        // Nobody can name it in whole, not even root.
        shell("cd '" + deep + "' && mkdir " + "g".repeat(250));
        Path walked = deep;
        try {
            assertThatThrownBy(() -> BlobFolders.below(List.of(walked)))
                    .isInstanceOf(RestoreException.class)
                    .hasMessageContaining("look for the blobs of Active Storage");
        } finally {
            shell("rm -rf '" + folder + "'/f*");
        }
    }

    private static void shell(String script) throws Exception {
        assertThat(new ProcessBuilder("/bin/sh", "-c", script)
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }
}
