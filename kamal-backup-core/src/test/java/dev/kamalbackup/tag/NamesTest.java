package dev.kamalbackup.tag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "shop, backup, shop-backup",
        "my shop, back up, my-shop-back-up",
        "-a-, -b-, a---b",
        "app_1.x, backup, app_1.x-backup",
        "é, ü, kamal-backup"
    })
    void theHostIsTheSameAsThePredecessors(String app, String accessory, String host) {
        assertThat(Names.host(app, accessory)).isEqualTo(host);
    }

    @ParameterizedTest
    @CsvSource({"/data/storage, data-storage", "/, root", "/rails/storage (old), rails-storage-old", "/é, root"})
    void theLabelOfAPathIsTheSameAsThePredecessors(String path, String label) {
        assertThat(Names.pathLabel(Path.of("/").resolve(path.replace("é", "+").substring(1))))
                .isEqualTo(label);
    }

    @ParameterizedTest
    @ValueSource(strings = {"app", "a", "my-shop", "Shop 2", "größe", "a.b_c-d", "0"})
    void ordinaryNamesAreAllowed(String name) {
        assertThat(Names.flaw(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "a,b", "a/b", "a\nb", "a\u0000", "a\u007f", " a", "a ", "a\u00a0", "\u3000a", ".", "..", "---",
                "_", "日本"
            })
    void namesThatTagsOrDumpPathsCannotCarryAreRefused(String name) {
        assertThat(Names.flaw(name)).isPresent();
    }

    @Test
    void aNameTooLongForAFileNameIsRefused() {
        assertThat(Names.flaw("a".repeat(100))).isEmpty();
        assertThat(Names.flaw("a".repeat(101))).isPresent();
    }

    @Test
    void everyNameWithoutAFlawMakesATagAndADumpPath() {
        Random random = new Random(5);
        for (int i = 0; i < 20_000; i++) {
            String name = randomName(random);
            if (Names.flaw(name).isEmpty()) {
                assertThatCode(() -> {
                            Tag.of("app", name);
                            assertThat(DumpPath.nested(name, name, "x", "y").value())
                                    .doesNotContain("//", "/./", "/../", "\n");
                        })
                        .as("name \"%s\"", name)
                        .doesNotThrowAnyException();
            }
        }
    }

    private static String randomName(Random random) {
        String alphabet = "aZ09.-_ ,/\t\u00a0é\u2028\ud83d";
        StringBuilder name = new StringBuilder();
        for (int length = random.nextInt(7); length > 0; length--) {
            name.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return name.toString();
    }
}
