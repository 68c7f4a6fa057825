package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.testing.RubyRepository;
import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the Ruby version backed up, in every era of its tags, comes back with this program. */
class RubyRestoreIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(RubyRepository.class)
    void theNewestRunComesBackWithEveryRowAndFile(RubyRepository repository) throws Exception {
        Path unpacked = repository.unpack(folder);
        AppFolder laptop =
                new AppFolder(folder.resolve("laptop"), TestRepository.at(unpacked, Tools.restic()), Tools.restic());
        laptop.with("RESTIC_PASSWORD", "fixture-password")
                .configured(EndToEndIT.configuration(laptop, "app.sqlite3", "storage", "init_if_missing: false")
                                .replace("app: shop", "app: fx-lite")
                                .replace(laptop.folder + "/repository", unpacked.toString())
                        + "restore_from: [/data/storage]\n");

        laptop.ok("restore", "local", "--yes");

        assertThat(laptop.shell("sqlite3 app.sqlite3 \"SELECT count(*), sum(name = 'Ü user ' || id) FROM users;"
                        + " SELECT count(*) FROM users WHERE email = 'late@example.com';"
                        + " SELECT count(*) FROM active_storage_blobs; PRAGMA integrity_check\""))
                .isEqualTo("501|500\n1\n20\nok\n");
        try (InputStream sums =
                Objects.requireNonNull(RubyRepository.class.getResourceAsStream("/ruby-repositories/files.sha256"))) {
            Files.copy(sums, folder.resolve("files.sha256"));
        }
        assertThat(laptop.shell("cd storage; sha256sum --check --strict " + folder + "/files.sha256 | grep -c ': OK'"))
                .isEqualTo("21\n");
        assertThat(laptop.folder.resolve("storage/empty dir")).isEmptyDirectory();
    }
}
