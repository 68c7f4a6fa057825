package dev.kamalbackup.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileUriTest {
    @Test
    void nothingInAFileNameCanMeanAnythingInAUriOrADotCommand() {
        FileUri uri = new FileUri(Path.of("/data/o d?#%\"'\\é\n&=x;:@.db"));

        assertThat(uri.plain()).isEqualTo("file:/data/o%20d%3F%23%25%22%27%5C%C3%A9%0A%26%3Dx%3B%3A%40.db");
        assertThat(uri.existing()).isEqualTo(uri.plain() + "?mode=rw");
        assertThat(uri.existingOrNew()).isEqualTo(uri.plain() + "?mode=rwc");
        assertThat(uri.unchanging()).isEqualTo(uri.plain() + "?mode=ro&immutable=1");
    }

    @Test
    void ordinaryNamesStayReadable() {
        assertThat(new FileUri(Path.of("/rails/storage/production_2-x.sqlite3")).plain())
                .isEqualTo("file:/rails/storage/production_2-x.sqlite3");
    }

    @Test
    void aRelativePathIsMadeAbsolute() {
        assertThat(new FileUri(Path.of("a.db")).plain()).startsWith("file:/").endsWith("/a.db");
    }
}
