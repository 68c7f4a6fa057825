package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogLevelTest {
    private static final String VARIABLE = "KAMAL_BACKUP_LOG_LEVEL";

    @ParameterizedTest
    @CsvSource({"'',WARN", "' ',WARN", "error,ERROR", "Debug,DEBUG"})
    void logbackTakesWhatIsNoFlawAndABlankOneIsAsGoodAsNone(String given, String level) throws Exception {
        assertThat(LogLevel.flaw(Map.of(VARIABLE, given))).isEmpty();

        assertThat(inAProcessWith(given)).isEqualTo(level);
    }

    private static String inAProcessWith(String given) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ShownLevel.class.getName());
        builder.environment().put(VARIABLE, given);
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (InputStream out = process.getInputStream()) {
            String level = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isZero();
            return level;
        }
    }

    /** Prints the level of everything. It names logback in text alone, for the program itself does not know it. */
    static final class ShownLevel {
        private ShownLevel() {}

        public static void main(String[] arguments) throws ReflectiveOperationException {
            Object loggers = Class.forName("org.slf4j.LoggerFactory")
                    .getMethod("getILoggerFactory")
                    .invoke(null);
            Object root = Objects.requireNonNull(loggers)
                    .getClass()
                    .getMethod("getLogger", String.class)
                    .invoke(loggers, "ROOT");
            System.out.print(Objects.requireNonNull(root)
                    .getClass()
                    .getMethod("getLevel")
                    .invoke(root));
        }
    }
}
