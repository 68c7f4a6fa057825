package dev.kamalbackup.mysql;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.spi.DatabaseUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What can be seen to be wrong with the settings of a database without asking it. */
record ConnectionCheck(DatabaseSettings settings) {
    private static final Set<String> SCHEMES = Set.of("mysql", "mysql2", "mariadb", "trilogy");

    List<Problem> problems() {
        List<Problem> problems = new ArrayList<>();
        MysqlConnection connection = MysqlConnection.of(settings, Map.of());
        if (settings.secret("url").isPresent()) {
            Optional<DatabaseUrl> url = MysqlConnection.url(settings);
            if (url.isEmpty() || !SCHEMES.contains(url.get().scheme())) {
                problems.add(problem("url", "must look like mysql2://user:password@host:3306/database"));
            } else if (connection.database().isEmpty()) {
                problems.add(problem("url", "names no database: add /NAME behind the host"));
            }
        } else if (connection.database().isEmpty()) {
            problems.add(problem("database", "is missing: name the database, or give its url"));
        }
        settings.option("port")
                .filter(port -> !port.matches("\\d{1,5}"))
                .ifPresent(port -> problems.add(problem("port", "must be a number")));
        String mode = connection.tls().mode();
        if (!mode.isEmpty() && !Tls.MODES.contains(mode)) {
            problems.add(problem(
                    settings.option(Tls.MODE).isPresent() ? Tls.MODE : "url",
                    "the TLS mode must be one of " + String.join(", ", Tls.MODES)));
        }
        settings.option(MysqlDump.EXCLUDE_TABLE_DATA)
                .filter(patterns -> patterns.lines().anyMatch(String::isBlank))
                .ifPresent(patterns -> problems.add(problem(MysqlDump.EXCLUDE_TABLE_DATA, "holds an empty pattern")));
        return problems;
    }

    private static Problem problem(String key, String message) {
        return new Problem("", key, message);
    }
}
