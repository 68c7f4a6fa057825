package dev.kamalbackup.postgres;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What to do about what PostgreSQL's programs say. */
final class PostgresHints {
    /** Part of a message, in lower case, and the advice; the first that fits is given. */
    private static final Map<String, String> ADVICE = advice();

    private static final String CONNECTION = "check host, port, user, password and database, and that the server runs";

    private PostgresHints() {}

    /** The advice for this standard error of a program that talks to the server. */
    static String onConnection(String stderr) {
        String said = stderr.toLowerCase(Locale.ROOT);
        return ADVICE.entrySet().stream()
                .filter(entry -> said.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(CONNECTION);
    }

    private static Map<String, String> advice() {
        Map<String, String> advice = new LinkedHashMap<>();
        advice.put("no password supplied", "give the password: in url, as password, or in PGPASSWORD or PGPASSFILE");
        advice.put(
                "authentication failed",
                "the password or the user is wrong: see url, user and password, and PGPASSWORD and PGPASSFILE");
        advice.put(
                "no pg_hba.conf entry",
                "the server does not let this user in from here: add a line to its pg_hba.conf, or change sslmode");
        advice.put("does not support ssl", "the server has no TLS: set it up there, or change sslmode");
        advice.put("certificate", "see sslmode, sslrootcert, sslcert and sslkey");
        advice.put(
                "could not translate host name",
                "the host's name is not known here: check host, and the network's DNS");
        advice.put("refused", "nothing listens there: check host and port, and that the server runs");
        advice.put("no such file or directory", "there is no socket there: check host, and that the server runs");
        advice.put(
                "timeout expired",
                "the server does not answer: check host and port, and what is between here and there");
        advice.put("does not exist", "check database and user, or create what is missing on the server");
        advice.put("definition of service", "check service, and the file that PGSERVICEFILE names");
        return advice;
    }
}
