package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README tells an embedding developer to write is Java that compiles against this very version. */
class ReadmeExampleTest {
    @TempDir
    private Path folder;

    @Test
    void theEmbeddingExampleCompiles() throws Exception {
        assertThat(ReadmeExample.read().compile(folder)).isEmpty();
    }

    @Test
    void aWrongNameInItIsNoticed() throws Exception {
        ReadmeExample wrong = ReadmeExample.read().with("KamalBackup.builder", "KamalBackup.creator");

        assertThat(wrong.compile(folder)).contains("creator");
    }
}
