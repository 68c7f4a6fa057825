package dev.kamalbackup.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a person reads who made a mistake. */
class MistakesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // unknown keys
                "databse: x|1: databse: unknown key; did you mean databases?",
                "Paths: [a]|1: Paths: unknown key; did you mean paths?",
                "APP_NAME: x|1: APP_NAME: unknown key; did you mean app_name?",
                "restic_repo: x|1: restic_repo: unknown key; did you mean restic_repository?",
                "retention: {keep_last: 1}|1: retention: unknown key; did you mean restic.retention?",
                "keep_last: 1|1: keep_last: unknown key; did you mean restic.retention.keep_last?",
                "restic: {keep_last: 1}|1: restic.keep_last: unknown key; did you mean restic.retention.keep_last?",
                "restic: {retention: {keep_weakly: 1}}|1: restic.retention.keep_weakly: unknown key; did you mean keep_weekly?",
                "backup: {schedul: 1d}|1: backup.schedul: unknown key; did you mean schedule?",
                "backup: {qqq: 1}|1: backup.qqq: unknown key; known here: enabled, schedule, time_zone, jitter, start_delay, dump_timeout, stall_timeout",
                "state: {dir: /x}|1: state.dir: unknown key; known here: path",
                "qqqqqq: 1|1: qqqqqq: unknown key; known here: app, accessory, databases, paths, restore_from, restic, backup, drill, notify, state",
                "mysql_dump_bin: x|1: mysql_dump_bin: is read from the environment only; set MYSQL_DUMP_BIN there",
                // shapes
                "restic: /backups|1: restic: expects keys below it, indented: program, repository, repository_file, password, init_if_missing, lock_wait, open_timeout, check_after_backup, check_schedule, check_read_data_subset, forget_after_backup, rest, retention",
                "backup: [a]|1: backup: expects keys below it, indented: enabled, schedule, time_zone, jitter, start_delay, dump_timeout, stall_timeout",
                "app: {name: x}|1: app: expects one value, not a mapping",
                "paths: {a: b}|1: paths: expects a path or a list of paths, not a mapping",
                "paths: [[a]]|1: paths[1]: expects one value, not a list",
                "paths: ['']|1: paths[1]: expects a path",
                "paths: [{path: /a, exlude: [x]}]|1: paths[1].exlude: unknown key; did you mean exclude?",
                "paths: [{exclude: [x]}]|1: paths[1].path: is missing",
                "paths: [{path: /a, exclude: x}]|1: paths[1].exclude: expects a list of patterns with at least one",
                "paths: [{path: /a, exclude: []}]|1: paths[1].exclude: expects a list of patterns with at least one",
                "paths: [{path: /a, exclude: ['']}]|1: paths[1].exclude[1]: expects a pattern",
                "databases: {app: x}|1: databases: expects a list; each database begins with \"- name: NAME\"",
                "databases: [x]|1: databases[1]: expects keys and values: name, adapter and its options",
                "databases: [{adapter: sqlite, path: /a}]|1: databases[1].name: is missing",
                "databases: [{name: a, path: /a}]|1: databases[1].adapter: is missing",
                "databases: [{name: a, adapter: sqlite}]|1: databases[1].path: is missing",
                "databases: [{name: a, adapter: sqlite, path: /a, database: /b}]|1: databases[1].database: means the same as path; keep one",
                "databases: [{name: a, adapter: postgres, database: x, port: z}]|1: databases[1].port: is no number",
                "databases: [{name: a, adapter: postgres, database: x, pasword: z}]|1: databases[1].pasword: unknown key; did you mean password?",
                "databases: [{name: a, adapter: postgres, database: x, exclude_table_data: [a, {b: c}]}]|1: databases[1].exclude_table_data[2]: expects one value, not a mapping",
                "databases: [{name: 'a,b', adapter: sqlite, path: /a}]|1: databases[1].name: must not contain a comma: restic splits tags at commas, so its backups would never be found",
                "databases: [{name: [a], adapter: sqlite, path: /a}]|1: databases[1].name: expects one value, not a list",
                "restic: {password: [a]}|1: restic.password: expects one value, not a list",
                // values
                "app: a/b|1: app: must not contain a slash: the name becomes part of the dump's path in the repository",
                "accessory: ..|1: accessory: must contain a letter A to Z or a digit",
                "backup: {enabled: nope}|1: backup.enabled: expects true or false, not \"nope\"",
                "backup: {schedule: 1.5d}|1: backup.schedule: expects a whole number with a unit, as in 30m, 12h or 1d, or a cron expression, as in \"15 3 * * *\", not \"1.5d\"",
                "backup: {schedule: }|1: backup.schedule: expects a whole number with a unit, as in 30m, 12h or 1d, or a cron expression, as in \"15 3 * * *\"",
                "backup: {schedule: 0}|1: backup.schedule: must be at least 1s",
                "backup: {schedule: 1h, jitter: 1h}|1: backup.jitter: must be less than the time from one run to the next by backup.schedule",
                "backup: {schedule: '@hourly', jitter: 3h}|1: backup.jitter: must be less than the time from one run to the next by backup.schedule",
                "backup: {schedule: '0,10 3 * * 1-5', jitter: 10m}|1: backup.jitter: must be less than the time from one run to the next by backup.schedule",
                "backup: {schedule: '15 3 * * *', jitter: 3h}|",
                "backup: {schedule: 9999999999}|1: backup.schedule: expects a whole number with a unit, as in 30m, 12h or 1d, or a cron expression, as in \"15 3 * * *\", not \"9999999999\"",
                "restic: {retention: {keep_daily: -1}}|1: restic.retention.keep_daily: expects a whole number from 0 to 100000, not \"-1\"",
                "restic: {retention: {keep_daily: 100001}}|1: restic.retention.keep_daily: expects a whole number from 0 to 100000, not \"100001\"",
                "restic: {retention: {keep_within: 1w}}|1: restic.retention.keep_within: expects years, months, days and hours in this order, as in 1y6m, 30d or 12h, not \"1w\"",
                "restic: {retention: {keep_last: 0, keep_daily: 0, keep_weekly: 0, keep_monthly: 0, keep_yearly: 0}}|1: restic.retention: keeps nothing; to keep everything set restic.forget_after_backup: false",
                "restic: {check_read_data_subset: 11/10}|1: restic.check_read_data_subset: expects a part as in 1/10, 5% or 500M, not \"11/10\"",
                "restic: {check_read_data_subset: 0%}|1: restic.check_read_data_subset: expects a part as in 1/10, 5% or 500M, not \"0%\"",
                "restic: {check_read_data_subset: some}|1: restic.check_read_data_subset: expects a part as in 1/10, 5% or 500M, not \"some\"",
                "restic: {repository_file: \"a\\x01b\", program: \"x/\\x02\"}|",
                "restic: {repository: /a, repository_file: /b}|1: restic.repository_file: means the same as restic.repository; keep one",
                "state: {path: \"a\\0b\"}|1: an escape in double quotes makes a character that no text can hold",
                "app: \"a\\ud800b\"|1: an escape in double quotes makes a character that no text can hold",
                // YAML
                "app: a b: c|1: is not valid YAML: a key stands where none can; check the indentation, and quote a value that holds \": \"",
                "app: [a|1: is not valid YAML: a list or mapping in brackets is not closed, or a comma is missing",
                "app: 'a|1: is not valid YAML: a quote is opened and not closed",
                "app: \"a\\qb\"|1: is not valid YAML: a backslash in double quotes has a meaning; write it twice or use '…'",
                "app: \"a\\x|1: is not valid YAML: a backslash in double quotes has a meaning; write it twice or use '…'",
                "app: \"a\\u|1: is not valid YAML: a backslash in double quotes has a meaning; write it twice or use '…'",
                "app: \"a\\UFFFFFFFF\"|1: is not valid YAML: a backslash in double quotes has a meaning; write it twice or use '…'",
                "app: \"a\\U00110000\"|1: is not valid YAML: a backslash in double quotes has a meaning; write it twice or use '…'",
                "app: @a|1: is not valid YAML: a value cannot begin with this character; put it in quotes",
                "app: *a|1: aliases (*name) are not supported; write the value out",
                "app: &a shop|1: anchors (&name) are not supported; quote the value if it begins with &",
                "app: !!str shop|1: tags (!name) are not supported; quote the value if it begins with !",
                "app: !x!y|1: is not valid YAML: tags (!name) are not supported; quote the value if it begins with !",
                "paths: !x [a]|1: tags (!name) are not supported; quote the value if it begins with !",
                "<<: {app: x}|1: <<: merging is not supported; write the keys out",
                "{a: b}: c|1: a key must be plain text, not a list or a mapping",
                "[a]|1: expects keys and values, as in \"app: shop\"",
                "shop|1: expects keys and values, as in \"app: shop\"",
                "app: [[[[[[[[[[[[[[[[[[[[a]]]]]]]]]]]]]]]]]]]]|1: is nested deeper than any configuration needs to be",
            })
    void eachMistakeIsExplainedOnItsLine(String yaml, String message) {
        ConfigLab lab = ConfigLab.minimal(folder).local(yaml + "\n");
        if (message == null) {
            assertThat(lab.read()).isNotNull();
        } else {
            assertThat(lab.problems()).containsExactly("config/kamal-backup.local.yml:" + message);
        }
    }

    @Test
    void mistakesOfSeveralLinesAreExplained() {
        assertOneProblem(
                "restic:\n\trepository: x\n",
                "2: is not valid YAML: a tab stands here; YAML wants blanks for indentation");
        assertOneProblem("app: a\napp: b\n", "2: app: is given twice, the first time on line 1; keep one");
        assertOneProblem("app: a\napp_name: b\n", "2: app_name: means the same as app on line 1; keep one");
        assertOneProblem("app: a\n---\napp: b\n", "2: a second document begins here; everything must stand in one");
        assertOneProblem(
                "%FOO bar\n%YAML 1.2\n%YAML 1.2\n---\napp: a\n",
                "3: is not valid YAML: a line that begins with % is a directive, which has no place here");
        assertOneProblem(
                "backup:\n  enabled: true\n schedule: 1d\n",
                "3: is not valid YAML: the indentation does not fit the lines above, or a quote or bracket is wrong");
        assertOneProblem(
                "app: - a\n",
                "1: is not valid YAML: a list begins where none can; put each \"- \" on a line of its own");
        assertOneProblem(
                "app: a\nbackup\nstate: {}\n",
                "2: is not valid YAML: a colon is missing after the key; a value follows it after a blank");
    }

    @Test
    void allProblemsAreToldAtOnceInTheOrderOfTheFiles() {
        ConfigLab lab = new ConfigLab(folder)
                .main("""
                        paths: [/etc]
                        backup: {enabled: perhaps}
                        databases:
                          - {name: a, adapter: sqlite, path: /a}
                          - {name: a, adapter: oracle}
                        """)
                .local("restic:\n  retention:\n    keep_last: many\n")
                .set("RESTIC_KEEP_DAILY", "x")
                .unset("RESTIC_SECRET");
        assertThat(lab.problems().stream().map(line -> line.replaceAll(": [a-z/]+ .*", "")))
                .containsExactly(
                        "config/kamal-backup.yml:1: paths[1]",
                        "config/kamal-backup.yml:2: backup.enabled",
                        "config/kamal-backup.yml:5: databases[2].name",
                        "config/kamal-backup.yml:5: databases[2].adapter",
                        "config/kamal-backup.local.yml:3: restic.retention.keep_last",
                        "environment: RESTIC_KEEP_DAILY",
                        "app",
                        "restic.repository",
                        "restic.password");
    }

    @Test
    void twoDatabasesThatWouldShareADumpPathAreRefused() {
        assertOneProblem(
                "databases:\n- {name: a b, adapter: sqlite, path: /a}\n- {name: a-b, adapter: sqlite, path: /b}\n",
                "3: databases[2].name: another database (databases[1].name) has the same name \"a-b\"");
    }

    @Test
    void anUnknownAdapterIsToldOnceAndItsOptionsAreNotJudged() {
        assertThat(ConfigLab.minimal(folder)
                        .local("databases: [{name: a, adapter: oracle, sid: x}]\n")
                        .problems())
                .singleElement()
                .asString()
                .contains(": databases[1].adapter: unknown adapter \"oracle\"");
    }

    @Test
    void aRetiredSwitchBringsAWarningAndNothingElse() {
        assertThat(ConfigLab.minimal(folder, "allow_production_restore: true").warnings())
                .containsExactly(
                        "config/kamal-backup.yml:9: allow_production_restore: has no effect any more; every restore of"
                                + " production asks");
    }

    @Test
    void valuesInMessagesAreShortOnOneLineAndWithoutSecrets() {
        ConfigLab lab = ConfigLab.minimal(folder).set("API_TOKEN", "swordfish");
        assertThat(lab.set("BACKUP_ENABLED", "swordfish\n\u001b[31m" + "x".repeat(500))
                        .problems())
                .singleElement()
                .asString()
                .startsWith("environment: BACKUP_ENABLED: expects true or false, not \"[REDACTED]??[31mxxx")
                .endsWith("x…\"")
                .hasSizeLessThan(150);
    }

    @Test
    void filesThatCannotBeReadAreExplained() throws IOException {
        ConfigLab lab = ConfigLab.minimal(folder);
        assertThat(lab.set("KAMAL_BACKUP_CONFIG", "nowhere.yml").problems())
                .containsExactly("nowhere.yml: does not exist");
        assertThat(lab.set("KAMAL_BACKUP_CONFIG", "config").problems())
                .containsExactly("config: is a folder, not a file");
        assertThat(lab.set("KAMAL_BACKUP_CONFIG", "a\0b").problems())
                .containsExactly("environment: KAMAL_BACKUP_CONFIG: is not a path: \"a?b\"");
        lab.unset("KAMAL_BACKUP_CONFIG");
        Path local = folder.resolve(ConfigFiles.LOCAL);
        Files.createSymbolicLink(local, Path.of("gone.yml"));
        assertThat(lab.problems()).containsExactly("config/kamal-backup.local.yml: does not exist");
        Files.delete(local);
        Files.write(local, "app: a\nx: caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(lab.problems())
                .containsExactly("config/kamal-backup.local.yml:2: is not UTF-8; save the file in that encoding");
        lab.local("app: a\nx: \u0007\n");
        assertThat(lab.problems())
                .containsExactly("config/kamal-backup.local.yml:2: holds the control character U+0007");
        lab.local("app: a" + " ".repeat(10_000_000));
        assertThat(lab.problems())
                .containsExactly("config/kamal-backup.local.yml: is larger than 256 KiB, which no configuration is");
    }

    @Test
    void aFileWithoutPermissionIsExplained() throws IOException {
        ConfigLab lab = ConfigLab.minimal(folder).local("app: a\n");
        Path local = folder.resolve(ConfigFiles.LOCAL);
        Files.setPosixFilePermissions(local, PosixFilePermissions.fromString("---------"));
        if (Files.isReadable(local)) {
            // The superuser may read everything.
            assertThat(lab.read().app()).isEqualTo("a");
        } else {
            assertThat(lab.problems())
                    .containsExactly("config/kamal-backup.local.yml: cannot be read: permission denied");
        }
    }

    @Test
    void aBombOfAliasesAndAMountainOfMistakesStaySmall() {
        String bomb = IntStream.range(0, 30)
                .mapToObj(i -> "a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n")
                .collect(Collectors.joining());
        assertThat(ConfigLab.minimal(folder).local(bomb).problems()).hasSizeLessThan(202);
        List<String> many = ConfigLab.minimal(folder)
                .local(IntStream.range(0, 20_000)
                        .mapToObj(i -> "key" + i + ": 1\n")
                        .collect(Collectors.joining()))
                .problems();
        assertThat(many).hasSize(201).last().asString().startsWith("and ").endsWith(" more problems like these");
    }

    private void assertOneProblem(String yaml, String message) {
        assertThat(ConfigLab.minimal(folder).local(yaml).problems())
                .containsExactly("config/kamal-backup.local.yml:" + message);
    }
}
