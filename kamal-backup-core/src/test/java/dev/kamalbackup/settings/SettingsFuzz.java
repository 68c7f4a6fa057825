package dev.kamalbackup.settings;

import static org.assertj.core.api.Assertions.fail;

import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ChildProcess;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.process.ProcessLauncher;
import dev.kamalbackup.spi.Adapters;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Random and mutated files and environments. Whatever stands there must give settings or explained problems, soon, in
 * little memory, and never a secret.
 */
final class SettingsFuzz {
    /** Each set of files is read with so many environments, for writing them takes most of the time. */
    static final int ENVIRONMENTS = 5;

    private static final Duration LONGEST = Duration.ofSeconds(2);

    /** Bytes allocated in all, of which only a part is ever needed at once. */
    private static final long MOST_MEMORY = 64L * 1024 * 1024;

    private static final String SECRET = "Zq7-env-Secret";

    private static final List<String> DOCUMENTS = List.of(ConfigLab.MINIMAL, """
            app: shop
            accessory: backup
            databases:
              - name: app
                adapter: postgres
                url: postgres://shop@db:5432/shop
                password:
                  secret: DATABASE_PASSWORD
                exclude_table_data: [logs, "events"]
              - name: queue
                adapter: mysql
                host: my
                password: {command: [print, secret]}
                database: queue
            paths:
              - /data/storage
              - path: /data/big
                exclude:
                  - "*.tmp"
            restore_from: [/a, /b]
            restic:
              repository: s3:https://host/bucket
              password: {file: /run/secrets/restic}
              rest: {username: joe, password: {secret: DATABASE_PASSWORD}}
              retention:
                keep_last: 7
                keep_within: 1y
            backup: {schedule: 1d, dump_timeout: 3h}
            state: {path: /state}
            """, """
            app_name: shop
            database_adapter: sqlite
            sqlite_database_path: /data/app.sqlite3
            backup_paths:
              - /data/storage
            restic_repository: /backups
            restic_password_file: /run/secrets/restic
            restic_keep_daily: 3
            backup_schedule_seconds: 3600
            """);

    private static final List<String> TOKENS = List.of(
            ":",
            ": ",
            "- ",
            "\n",
            "\n  ",
            "\t",
            "{",
            "}",
            "[",
            "]",
            "'",
            "\"",
            "&a ",
            "*a",
            "!!str ",
            "!x!y ",
            "<<: ",
            "---\n",
            "...\n",
            "%YAML 1.2\n",
            "%YAML 99999999999.1\n",
            "%TAG ! x\n",
            "? ",
            "|\n",
            ">-\n  ",
            "#",
            " #",
            "~",
            "null",
            "\\",
            "\"\\0\"",
            "\"\\ud800\"",
            "\"\\x\"",
            "\u0000",
            "\u0007",
            "\u2028",
            "\ufeff",
            "\ud83d\ude00",
            "é",
            ",",
            "..",
            "/",
            "~/x",
            "~joe",
            "-1",
            "1.5d",
            "9999999999999999999",
            "1e9",
            "0x1F",
            "2026-01-01",
            "true",
            "@",
            "`",
            "%",
            "secret",
            "file",
            "command",
            "exclude",
            "path",
            "name",
            "adapter",
            "oracle",
            "{secret: NOPE}",
            "{file: /}",
            "{command: x}",
            "[[[[[[[[[[[[[[[[[[[[[[",
            "- - - - - - - - - - - - - - - - - -\n",
            "  ".repeat(200),
            "x".repeat(5000));

    /** What these hold is part of the settings that are printed; a secret put there is not a secret. */
    private static final Set<KeyType> SHOWN = Set.of(KeyType.TEXT, KeyType.PATH, KeyType.PATHS, KeyType.DATABASES);

    private final Adapters adapters = FakeAdapter.all();

    private final Path folder;

    SettingsFuzz(Path folder) {
        this.folder = folder;
    }

    /** Reads so many sets of files, each with several environments; the answer is how many readings gave settings. */
    int run(long firstSeed, int files) throws IOException {
        int valid = 0;
        ConfigLab.minimal(folder).read(); // Loading classes takes its time, once.
        for (long seed = firstSeed; seed < firstSeed + files; seed++) {
            Random random = new Random(seed);
            write(ConfigFiles.MAIN, mutated(pick(random, DOCUMENTS), random));
            if (random.nextInt(3) == 0) {
                write(ConfigFiles.LOCAL, mutated(pick(random, DOCUMENTS), random));
            } else {
                Files.deleteIfExists(folder.resolve(ConfigFiles.LOCAL));
            }
            for (int i = 0; i < ENVIRONMENTS; i++) {
                valid += isRead(environment(random), seed) ? 1 : 0;
            }
        }
        return valid;
    }

    private boolean isRead(Map<String, String> environment, long seed) {
        long start = cpuTime();
        long allocated = allocated();
        String said;
        boolean valid = false;
        try {
            said = SettingsReader.read(folder, environment, adapters, new NoPrograms())
                    .toString();
            valid = true;
        } catch (ConfigurationException explained) {
            said = explained.getMessage() + explained.lines();
            require(!explained.problems().isEmpty(), seed, said);
            require(explained.lines().stream().allMatch(SettingsFuzz::isReadable), seed, said);
        } catch (RuntimeException | StackOverflowError unexpected) {
            return fail("seed " + seed, unexpected);
        }
        Duration taken = Duration.ofNanos(cpuTime() - start);
        require(!said.contains(SECRET), seed, said);
        require(taken.compareTo(LONGEST) < 0, seed, "took " + taken);
        require(allocated() - allocated < MOST_MEMORY, seed, "allocated " + (allocated() - allocated) + " bytes");
        return valid;
    }

    private static boolean isReadable(String line) {
        return !line.isBlank() && line.indexOf('\n') < 0 && line.length() < 1_000;
    }

    /** AssertJ's own assertions would take most of the time of so many. */
    private static void require(boolean holds, long seed, String said) {
        if (!holds) {
            fail("seed " + seed + ": " + said);
        }
    }

    /** Not the clock on the wall: the machine may be busy with something else. */
    private static long cpuTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static long allocated() {
        return ((com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private void write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private static byte[] mutated(String document, Random random) {
        StringBuilder text = new StringBuilder(document);
        for (int changes = random.nextInt(4); changes > 0; changes--) {
            int at = random.nextInt(text.length() + 1);
            switch (random.nextInt(6)) {
                case 0 -> text.insert(at, pick(random, TOKENS));
                case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(8)));
                case 2 -> text.insert(at, (char) (random.nextInt(96) + 32));
                case 3 -> swapLines(text, random);
                case 4 -> text.insert(at, pick(random, Keys.ALL).path() + ": " + pick(random, TOKENS));
                default ->
                    text.append(pick(random, Keys.ALL).flat())
                            .append(": ")
                            .append(pick(random, TOKENS))
                            .append('\n');
            }
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(40) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    private static void swapLines(StringBuilder text, Random random) {
        List<String> lines = new ArrayList<>(text.toString().lines().toList());
        if (!lines.isEmpty()) {
            lines.add(random.nextInt(lines.size()), lines.remove(random.nextInt(lines.size())));
        }
        text.setLength(0);
        lines.forEach(line -> text.append(line).append('\n'));
    }

    private static Map<String, String> environment(Random random) {
        Map<String, String> environment = new HashMap<>(
                Map.of("DATABASE_PASSWORD", SECRET, "RESTIC_SECRET", SECRET + "2", "HOME", "/home/me", "PATH", "/bin"));
        for (int changes = random.nextInt(3); changes > 0; changes--) {
            Key key = pick(random, Keys.ALL);
            boolean mayShow = SHOWN.contains(key.type());
            environment.put(key.environment(), (mayShow ? "" : SECRET) + pick(random, TOKENS));
        }
        environment.remove("");
        return environment;
    }

    private static <T> T pick(Random random, List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** A mutated command line must not be run. */
    private static final class NoPrograms implements ProcessLauncher {
        @Override
        public ChildProcess start(Command command, Consumer<String> stderrLines) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CommandOutput run(Command command, Duration timeout, Cancellation cancellation) {
            return new CommandOutput(command.arguments().isEmpty() ? 1 : 0, SECRET + "3", "");
        }
    }
}
