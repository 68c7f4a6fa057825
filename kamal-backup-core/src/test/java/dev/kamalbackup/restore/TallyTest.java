package dev.kamalbackup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TallyTest {
    @Test
    void isTheSameInAnyOrder() {
        Tally one = new Tally();
        Tally other = new Tally();
        for (int i = 0; i < 1000; i++) {
            one.add("folder/" + i, EntryKind.FILE, i);
            other.add("folder/" + (999 - i), EntryKind.FILE, 999 - i);
        }

        assertThat(one.sameAs(other)).isTrue();
        assertThat(one.sealed().holds("folder/999", EntryKind.FILE)).isTrue();
        assertThat(one.holds("folder/999", EntryKind.LINK)).isFalse();
        assertThat(one.holds("folder/1000", EntryKind.FILE)).isFalse();
        assertThat(one.holdsNoFolder("folder/0")).isTrue();
        assertThat(one.entries()).isEqualTo(1000);
    }

    @Test
    void differsByNameKindAndSize() {
        Tally plain = of("name", EntryKind.FILE, 7);

        assertThat(plain.sameAs(of("name", EntryKind.FILE, 7))).isTrue();
        assertThat(plain.sameAs(of("name", EntryKind.FILE, 8))).isFalse();
        assertThat(plain.sameAs(of("game", EntryKind.FILE, 7))).isFalse();
        assertThat(plain.sameAs(of("name", EntryKind.LINK, 7))).isFalse();
        assertThat(of("d", EntryKind.FOLDER, 4096).sameAs(of("d", EntryKind.FOLDER, 100)))
                .as("the size of a folder is its file system's affair")
                .isTrue();
    }

    @Test
    void aNameThatIsNoTextIsTheSameHoweverItsBytesAreTold() {
        assertThat(of("latin-\uFFFD\uFFFD", EntryKind.FILE, 1).sameAs(of("latin-\uFFFD", EntryKind.FILE, 1)))
                .isTrue();
    }

    @Test
    void roomIsCountedInWholeBlocks() {
        Tally tally = of("a", EntryKind.FILE, 1);
        tally.add("b", EntryKind.FILE, 4096);
        tally.add("c", EntryKind.FILE, 0);
        tally.add("", EntryKind.FOLDER, 0);

        assertThat(tally.room()).isEqualTo(3 * 4096);
    }

    private static Tally of(String path, EntryKind kind, long size) {
        Tally tally = new Tally();
        tally.add(path, kind, size);
        return tally;
    }
}
