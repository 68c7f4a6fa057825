package dev.kamalbackup.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.testing.Backups;
import dev.kamalbackup.testing.RubyRepository;
import dev.kamalbackup.testing.ScriptAdapter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The runs of repositories that the Ruby version wrote, among them failed dumps that it took for good ones. */
class RubyRepositoriesIT {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ERA_1 | fx-pg    | 20261123T055523Z aa2ad467 abe8a673, 20261123T055455Z 15dd21a3 4bae897b",
                "ERA_1 | fx-lite  | 20261123T055527Z 93dba03c 0605186b, 20261123T055501Z 1809455e 20ebbab2",
                // The newest dump is empty: a failed one.
                "ERA_1 | fx-my    | !20261123T055628Z bcf31a85, 20261123T055620Z cf33497c c3855423, "
                        + "!20261123T055526Z 2a6a4004, !20261123T055459Z 70ded056",
                "ERA_2 | fx-my    | 20261123T055622Z d34b5629 11b211c8, !20261123T055532Z d20c333a, "
                        + "!20261123T055508Z 10d2c250",
                "ERA_3 | fx-lite  | 20261123T055542Z fa52280d fc90666d, 20261123T055519Z 54430f0d d088ece3",
                "ERA_3 | fx-multi | 20261123T055631Z 4aac89ba c8c46559 8e0874b9 4bfbdc59",
                "ERA_3 | nobody   | ''"
            })
    void areListedWithWhatIsWholeAndWhatIsNot(RubyRepository repository, String app, String expected) throws Exception {
        List<RecordedRun> runs = list(repository, app);

        assertThat(runs.stream().map(RubyRepositoriesIT::text).toList())
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected.split(", ")));
        assertThat(runs).allMatch(run -> run.completeness().isInferred());
    }

    private List<RecordedRun> list(RubyRepository repository, String app) throws Exception {
        Settings shop =
                Backups.settings(folder, repository.settings(folder), List.of(Backups.script("app", "")), List.of());
        Settings settings = new Settings(
                app,
                shop.accessory(),
                shop.databases(),
                shop.paths(),
                shop.restoreFrom(),
                shop.restic(),
                shop.backup(),
                shop.stateFolder(),
                shop.maintenance());
        try (KamalBackup backup =
                KamalBackup.builder(settings).adapters(new ScriptAdapter()).build()) {
            return backup.list();
        }
    }

    private static String text(RecordedRun run) {
        StringBuilder text = new StringBuilder(run.completeness().isWhole() ? "" : "!").append(run.id());
        run.snapshots().forEach(snapshot -> text.append(' ').append(snapshot.shortId()));
        return text.toString();
    }
}
