package dev.kamalbackup.redact;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The secret parts of a URL, which tools like to print alone, without the URL around them. */
public final class UrlSecrets {
    private static final Pattern USER = Pattern.compile("://[^:/]*:");

    private static final Pattern PARAMETER =
            Pattern.compile("(?i)[?&](?:pass(?:word)?|token|secret|key|secret_access_key|sslpassword)=([^&#]+)");

    /** More than any URL needs; keeps a hostile one from becoming thousands of secrets. */
    private static final int MOST_CANDIDATES = 8;

    private UrlSecrets() {}

    /** Every part of the text that may be a password in a URL, as it stands there and decoded; empty without one. */
    public static List<Secret> of(String url) {
        Set<String> parts = new LinkedHashSet<>();
        addPasswords(url, parts);
        Matcher parameters = PARAMETER.matcher(url);
        while (parts.size() < MOST_CANDIDATES && parameters.find()) {
            parts.add(parameters.group(1));
        }
        Set<Secret> secrets = new LinkedHashSet<>();
        for (String part : parts) {
            secrets.add(new Secret(part));
            secrets.add(new Secret(PercentEncoding.decode(part)));
        }
        return List.copyOf(secrets);
    }

    /**
     * A raw password may hold {@code /}, {@code ?} and {@code @}, and so may the query behind it: where it ends cannot
     * be known, so every {@code @} may be its end.
     */
    private static void addPasswords(String url, Set<String> parts) {
        Matcher user = USER.matcher(url);
        if (!user.find()) {
            return;
        }
        int end = url.indexOf('@', user.end() + 1);
        while (end > 0 && parts.size() < MOST_CANDIDATES) {
            parts.add(url.substring(user.end(), end));
            end = url.indexOf('@', end + 1);
        }
    }
}
