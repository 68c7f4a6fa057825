package dev.kamalbackup.mysql;

import java.util.LinkedHashMap;
import java.util.Map;

/** What to do about what the programs say, by the number of the error. */
final class MysqlHints {
    private static final Map<String, String> ADVICE = advice();
    private static final String CONNECTION = "check host, port, user, password and database, and that the server runs";

    private MysqlHints() {}

    /** The advice for this standard error of a program that talks to the server. */
    static String onConnection(String stderr) {
        return ADVICE.entrySet().stream()
                .filter(entry -> stderr.contains("ERROR " + entry.getKey() + " "))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(CONNECTION);
    }

    private static Map<String, String> advice() {
        Map<String, String> advice = new LinkedHashMap<>();
        advice.put(
                "1045",
                "the password or the user is wrong, or the user may not come from here: see url, user and password, and"
                        + " MYSQL_PWD, MYSQL_PASSWORD and MARIADB_PASSWORD");
        advice.put("1044", "the user has no right to this database: grant it on the server, or check database");
        advice.put("1049", "check database, or create it on the server");
        advice.put("2002", "nothing listens there: check host, port and socket, and that the server runs");
        advice.put("2003", "nothing listens there: check host and port, and that the server runs");
        advice.put("2005", "the host's name is not known here: check host, and the network's DNS");
        advice.put("2026", "TLS with this server does not work: see ssl_mode, ssl_ca, ssl_cert and ssl_key");
        advice.put("2059", "this client cannot log in to this kind of server: install the server's own kind of client");
        return advice;
    }
}
