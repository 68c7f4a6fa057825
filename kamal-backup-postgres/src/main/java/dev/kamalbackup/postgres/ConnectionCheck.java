package dev.kamalbackup.postgres;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.spi.DatabaseUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What can be seen to be wrong with the settings of a database without asking it. */
record ConnectionCheck(DatabaseSettings settings) {
    private static final Set<String> SCHEMES = Set.of("postgres", "postgresql");
    private static final List<String> SSL_MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        if (settings.secret("url").isPresent()) {
            checkUrl(problems);
        } else if (!PostgresConnection.of(settings, java.util.Map.of()).namesDatabase()) {
            problems.add(problem("database", "is missing: name the database, or give its url"));
        }
        checkNumbers(problems);
        checkSslMode(problems);
        checkPatterns(problems);
        return problems;
    }

    private void checkUrl(List<Problem> problems) {
        Optional<DatabaseUrl> url = PostgresConnection.url(settings);
        if (url.isEmpty() || !SCHEMES.contains(url.get().scheme())) {
            problems.add(problem("url", "must look like postgres://user:password@host:5432/database"));
            return;
        }
        if (!PostgresConnection.of(settings, java.util.Map.of()).namesDatabase()) {
            problems.add(problem("url", "names no database: add /NAME behind the host"));
        }
        if (url.get().parameters().containsKey("sslpassword")) {
            problems.add(problem(
                    "url",
                    "sslpassword cannot be handed on to PostgreSQL's tools: use a key without a password, readable for"
                            + " this user alone"));
        }
    }

    private void checkNumbers(List<Problem> problems) {
        // Several hosts may have a port each.
        settings.option("port")
                .filter(port -> !port.matches("\\d{1,5}(,\\d{0,5})*"))
                .ifPresent(port -> problems.add(problem("port", "must be a number")));
        settings.option("connect_timeout")
                .filter(seconds -> !seconds.matches("\\d{1,6}"))
                .ifPresent(seconds -> problems.add(problem("connect_timeout", "must be a number of seconds")));
    }

    private void checkSslMode(List<Problem> problems) {
        settings.option("sslmode")
                .filter(mode -> !SSL_MODES.contains(mode))
                .ifPresent(mode -> problems.add(problem("sslmode", "must be one of " + String.join(", ", SSL_MODES))));
    }

    private void checkPatterns(List<Problem> problems) {
        settings.option(PostgresDump.EXCLUDE_TABLE_DATA)
                .filter(patterns -> patterns.lines().anyMatch(String::isBlank))
                .ifPresent(
                        patterns -> problems.add(problem(PostgresDump.EXCLUDE_TABLE_DATA, "holds an empty pattern")));
    }

    private static Problem problem(String key, String message) {
        return new Problem("", key, message);
    }
}
