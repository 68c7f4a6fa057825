package dev.kamalbackup.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.error.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checking, on a laptop, what only the accessory can fully read; and explaining where values come from. */
class ForAccessoryTest {
    private static final String CONFIG = """
            app: shop
            databases:
              - {name: app, adapter: postgres, url: {secret: DATABASE_URL}}
              - {name: queue, adapter: mysql, host: db, database: q, password: {file: /run/secrets/mysql}}
            restic:
              repository: s3:https://host/bucket
              password: {secret: RESTIC_PASSWORD}
            """;

    @TempDir
    Path folder;

    @Test
    void secretsThatTheAccessoryGetsAreNotMissed() {
        new ConfigLab(folder).main(CONFIG);

        assertThat(problems(Map.of(), Set.of("DATABASE_URL", "RESTIC_PASSWORD")))
                .isEmpty();
        assertThat(problems(Map.of(), Set.of("DATABASE_URL")))
                .containsExactly("config/kamal-backup.yml:7: restic.password.secret: the environment variable"
                        + " RESTIC_PASSWORD is not set");
    }

    @Test
    void otherMistakesAreToldAllTheSame() {
        new ConfigLab(folder).main(CONFIG + "backup: {schedule: 1.5d}\n");

        assertThat(problems(Map.of(), Set.of("DATABASE_URL", "RESTIC_PASSWORD")))
                .singleElement()
                .asString()
                .startsWith("config/kamal-backup.yml:8: backup.schedule: expects");
    }

    @Test
    void anAccessoryThatIsConfiguredByVariablesAloneIsChecked() {
        Map<String, String> clear = Map.of("APP_NAME", "shop", "RESTIC_REPOSITORY", "/backups");

        assertThat(problems(clear, Set.of("DATABASE_URL", "RESTIC_PASSWORD"))).isEmpty();
        assertThat(problems(clear, Set.of("DATABASE_URL")))
                .singleElement()
                .asString()
                .startsWith("restic.password: is missing");
        assertThat(problems(
                        Map.of("APP_NAME", "a", "RESTIC_REPOSITORY", "/b", "DATABASE_ADAPTER", "postgres"),
                        Set.of("PGPASSWORD", "PGDATABASE", "RESTIC_PASSWORD")))
                .isEmpty();
    }

    @Test
    void everySettingIsExplainedWithoutShowingSecrets() {
        new ConfigLab(folder)
                .main(CONFIG.replace("{secret: RESTIC_PASSWORD}", "swordfish"))
                .local("backup: {schedule: 2d}\n");

        List<Explanation> all = SettingsReader.explain(
                folder, Map.of("RESTIC_KEEP_DAILY", "3", "RESTIC_PASSWORD_FILE", "", "PGPASSWORD", "canary-1"));

        assertThat(all.toString()).doesNotContain("swordfish", "canary-1");
        assertThat(all)
                .contains(
                        explanation("app", "shop", "config/kamal-backup.yml:1"),
                        explanation("accessory", "backup", "default"),
                        explanation("databases", "app, queue", "config/kamal-backup.yml:3"),
                        explanation("restic.password", "[REDACTED]", "config/kamal-backup.yml:7"),
                        explanation("backup.schedule", "2d", "config/kamal-backup.local.yml:1"),
                        explanation("restic.retention.keep_daily", "3", "environment, as RESTIC_KEEP_DAILY"),
                        explanation("restic.retention.keep_last", "7", "default"),
                        explanation("restic.repository_file", "", ""),
                        explanation("PGPASSWORD", "[REDACTED]", "environment"));
        assertThat(all).extracting(Explanation::key).doesNotContain("PGHOST").contains("paths");
    }

    private static Explanation explanation(String name, String value, String source) {
        String help = Keys.ALL.stream()
                .filter(key -> key.path().equals(name) || key.environment().equals(name))
                .findFirst()
                .orElseThrow()
                .help();
        return new Explanation(name, value, source, help);
    }

    private List<String> problems(Map<String, String> environment, Set<String> secrets) {
        try {
            SettingsReader.readForAccessory(folder, environment, secrets, FakeAdapter.all());
            return List.of();
        } catch (ConfigurationException found) {
            return found.problems().stream().map(Problem::toString).toList();
        }
    }
}
