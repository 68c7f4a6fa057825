package dev.kamalbackup.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagSetTest {
    private static final RunId RUN = RunId.parse("20261123T055455Z").orElseThrow();

    @Test
    void aDatabaseSnapshotSaysWhatItIsAndHowManyPartsItsRunHas() {
        assertThat(TagSet.ofDatabase("shop", "queue", "mysql", RUN, 3).values())
                .containsExactly(
                        "kamal-backup",
                        "app:shop",
                        "type:database",
                        "database:queue",
                        "adapter:mysql",
                        "run:20261123T055455Z",
                        "parts:3");
    }

    @Test
    void aFilesSnapshotHasOneTagForEachPath() {
        assertThat(TagSet.ofFiles("shop", List.of("data-a", "data-b", "data-a"), RUN, 3)
                        .values())
                .containsExactly(
                        "kamal-backup",
                        "app:shop",
                        "type:files",
                        "path:data-a",
                        "path:data-b",
                        "run:20261123T055455Z",
                        "parts:3");
    }

    @Test
    void tagsSurviveTheWayThroughRestic() {
        TagSet written = TagSet.ofDatabase("my shop", "app", "postgres", RUN, 2);
        TagSet read = TagSet.parse(written.values());
        assertThat(read).isEqualTo(written);
        assertThat(read.run()).contains(RUN);
        assertThat(read.parts()).hasValue(2);
        assertThat(read.value("database")).contains("app");
        assertThat(read.value("path")).isEmpty();
    }

    @Test
    void whatThePredecessorWroteHasNoPartsAndMayHaveNoRun() {
        TagSet era3 = TagSet.parse(List.of("kamal-backup", "app:shop", "type:database", "database:app"));
        assertThat(era3.run()).isEmpty();
        assertThat(era3.parts()).isEmpty();
        assertThat(era3.containsAll(TagSet.ofApp("shop"))).isTrue();
        assertThat(era3.containsAll(TagSet.ofApp("sho"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"parts:0", "parts:-1", "parts:x", "parts:9999999", "parts:", "parts"})
    void anImpossibleNumberOfPartsIsNone(String tag) {
        assertThat(TagSet.parse(List.of(tag)).parts()).isEmpty();
    }

    @Test
    void foreignTagsThatWeCouldNotWriteAreLeftOut() {
        assertThat(TagSet.parse(List.of("a,b", "", " ", "x ", "\u00a0y", "z\n", "good"))
                        .values())
                .containsExactly("good");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a,b", " a", "a ", "a\u00a0", "a\u2007", "a\tb"})
    void aTagThatResticWouldSplitOrTrimIsRefused(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Tag(value)).withMessageContaining("not a tag");
    }

    @Test
    void aTagPrintsAsItIs() {
        assertThat(Tag.of("app", "my shop")).hasToString("app:my shop");
        assertThat(Tag.of("app", "a:b").valueOf("app")).contains("a:b");
        assertThat(Tag.of("app", "a").valueOf("ap")).isEmpty();
    }
}
