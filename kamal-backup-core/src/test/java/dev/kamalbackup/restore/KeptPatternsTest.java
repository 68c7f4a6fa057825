package dev.kamalbackup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.restic.Snapshot;
import dev.kamalbackup.tag.TagSet;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class KeptPatternsTest {
    @Test
    void whereTheFilesWereThePatternsMeanTheSame() {
        assertThat(patterns("/data", "/data", "!cache/kept", "cache", "/data/log"))
                .containsExactly("!cache/kept", "cache", "/data/log");
    }

    @Test
    void elsewhereTheyAreTiedToTheTarget() {
        assertThat(patterns(
                        "/old/da[ta]", "/new/d*", "cache", "/old/da\\[ta]/log/*.gz", "/elsewhere", "/old/*/tmp", ""))
                .containsExactly("/new/d\\*/**/cache", "/new/d\\*/log/*.gz");
    }

    @Test
    void whatIsTakenBackCannotBeSaidElsewhereSoEverythingIsKept() {
        assertThat(patterns("/old", "/new", "cache", "!cache/kept")).isEmpty();
    }

    private static List<String> patterns(String source, String target, String... excludes) {
        Snapshot snapshot = new Snapshot(
                "0a",
                Instant.EPOCH,
                "host",
                TagSet.ofApp("shop"),
                List.of(source),
                List.of(excludes),
                OptionalLong.empty());
        RestoreTask.FilesTarget files = new RestoreTask.FilesTarget(snapshot, Path.of(source), Path.of(target));
        return new KeptPatterns(List.of(files)).of(files);
    }
}
