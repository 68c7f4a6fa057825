package dev.kamalbackup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExcludePatternTest {
    @ParameterizedTest
    @CsvSource({
        "*.log,            /data/a.log,            true",
        "*.log,            /data/a.log/inside,     true",
        "*.log,            /data/a.log2,           false",
        "cache,            /data/cache/deep/file,  true",
        "cache,            /data/mycache,          false",
        "tmp/cache,        /data/tmp/cache/x,      true",
        "tmp/cache,        /data/tmp/x/cache,      false",
        "/data/tmp,        /data/tmp/x,            true",
        "/data/tmp,        /other/data/tmp,        false",
        "/data/**/x,       /data/a/b/x,            true",
        "/data/**/x,       /data/x,                true",
        "/data/*/x,        /data/a/b/x,            false",
        "/data/?.txt,      /data/a.txt,            true",
        "/data/?.txt,      /data/ab.txt,           false",
        "/data/[a-c].txt,  /data/b.txt,            true",
        "/data/[a-c].txt,  /data/d.txt,            false",
        "/data/[^a].txt,   /data/a.txt,            false",
        "/data/\\*,        /data/a,                false",
        "/data/\\*,        /data/*,                true",
        "/data/a.b,        /data/axb,              false"
    })
    void matchesWhatResticLeavesOut(String pattern, String path, boolean matches) {
        assertThat(new ExcludePattern(pattern).matches(Path.of(path))).isEqualTo(matches);
    }

    @Test
    void aLaterPatternTakesBackButNotBelowAFolderThatIsLeftOut() {
        Excludes excludes = new Excludes(List.of("*.log", "!keep.log", "/data/tmp", "!/data/tmp/wanted"));

        assertThat(excludes.leaveOut(Path.of("/data"), Path.of("/data/a.log"))).isTrue();
        assertThat(excludes.leaveOut(Path.of("/data"), Path.of("/data/keep.log")))
                .isFalse();
        assertThat(excludes.leaveOut(Path.of("/data"), Path.of("/data/tmp/wanted")))
                .isTrue();
        assertThat(excludes.leaveOut(Path.of("/data"), Path.of("/data/other"))).isFalse();
    }
}
