package dev.kamalbackup.spi;

import dev.kamalbackup.redact.PercentEncoding;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A database URL taken apart: {@code scheme://user:password@host:port/database?key=value}. Everything is
 * percent-decoded; a plus stays a plus. An empty text means that the part is absent.
 *
 * @param scheme in lower case
 * @param host without the brackets of an IPv6 address; several hosts have commas between
 * @param port of several hosts, with commas between
 */
public record DatabaseUrl(
        String scheme,
        String user,
        String password,
        String host,
        String port,
        String database,
        Map<String, String> parameters) {
    // The password may hold an @ that nobody encoded: the last one before the path ends the user part.
    private static final Pattern URL =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*)://(?:([^/?]*)@)?([^/?@]*)(?:/([^?]*))?(?:\\?(.*))?");

    private static final Pattern HOST = Pattern.compile("(\\[[^\\]]*\\]|[^:\\[\\]]*)(?::(\\d*))?");

    public DatabaseUrl {
        parameters = Map.copyOf(parameters);
    }

    /** The parts of this URL; empty if it is none. */
    public static Optional<DatabaseUrl> parse(String text) {
        Matcher url = URL.matcher(text.strip());
        if (!url.matches()) {
            return Optional.empty();
        }
        List<Matcher> hosts =
                Stream.of(part(url, 3).split(",", -1)).map(HOST::matcher).toList();
        if (!hosts.stream().allMatch(Matcher::matches)) {
            return Optional.empty();
        }
        String[] user = part(url, 2).split(":", 2);
        return Optional.of(new DatabaseUrl(
                url.group(1).toLowerCase(Locale.ROOT),
                PercentEncoding.decode(user[0]),
                user.length > 1 ? PercentEncoding.decode(user[1]) : "",
                list(hosts, host -> PercentEncoding.decode(part(host, 1).replaceAll("^\\[|\\]$", ""))),
                list(hosts, host -> part(host, 2)),
                PercentEncoding.decode(part(url, 4)),
                parameters(part(url, 5))));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(
                        PercentEncoding.decode(pair.substring(0, equals)),
                        PercentEncoding.decode(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    /** With commas between, unless there is nothing to tell apart. */
    private static String list(List<Matcher> hosts, Function<Matcher, String> part) {
        List<String> parts = hosts.stream().map(part).toList();
        return parts.stream().allMatch(String::isEmpty) ? "" : String.join(",", parts);
    }

    private static String part(Matcher url, int group) {
        String text = url.group(group);
        return text == null ? "" : text;
    }

    @Override
    public String toString() {
        return scheme + "://" + host + (port.isEmpty() ? "" : ":" + port) + "/" + database;
    }
}
