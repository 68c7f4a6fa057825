package dev.kamalbackup.redact;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Replaces every known secret, in every spelling a tool may print it in, by {@code [REDACTED]}. Immutable and safe to
 * share between threads.
 */
public final class Redactor {
    /** What stands where a secret stood. */
    public static final String MARK = "[REDACTED]";

    /** Shorter values ("true", "dev") occur in ordinary text; redacting them would only damage it. */
    private static final int SHORTEST = 4;

    /** Up to the last {@code @} before a space, quote or the path: a password may itself hold an {@code @}. */
    private static final Pattern URL_USER = Pattern.compile("://[^\\s/\"'<>]*@");

    private static final Pattern URL_PARAMETER = Pattern.compile(
            "(?i)([?&](?:pass(?:word)?|token|secret|key|access_key_id|secret_access_key|sslpassword)=)[^&\\s\"']+");

    private static final Pattern SECRET_NAME = Pattern.compile(
            ".*(pass|password|secret|token|credential|authorization|access_key|account_key|sas).*|(.*_)?(pwd|key)(_.*)?");

    private final Pattern secrets;
    private final int longest;

    private Redactor(Pattern secrets, int longest) {
        this.secrets = secrets;
        this.longest = longest;
    }

    /** A redactor that knows these secrets and every value of a secret-looking variable in the environment. */
    public static Redactor knowing(Collection<Secret> secrets, Map<String, String> environment) {
        Set<String> spellings = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        secrets.forEach(secret -> addSpellings(spellings, secret.reveal()));
        environment.forEach((name, value) -> {
            if (looksSecret(name) && !looksLikeSwitch(value)) {
                addSpellings(spellings, value);
            }
        });
        String alternatives = spellings.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        int longest = spellings.stream().mapToInt(String::length).max().orElse(0);
        // "(?!)" never matches: with no secrets there is nothing to replace.
        return new Redactor(Pattern.compile(alternatives.isEmpty() ? "(?!)" : alternatives), longest);
    }

    /** A redactor that knows no secret and still hides the user part of URLs. */
    public static Redactor none() {
        return knowing(Set.of(), Map.of());
    }

    /** Whether a variable or key of this name usually holds a secret. */
    public static boolean looksSecret(String name) {
        return SECRET_NAME.matcher(name.toLowerCase(Locale.ROOT)).matches();
    }

    /** The text without any known secret. */
    public String redact(String text) {
        String withoutSecrets = secrets.matcher(text).replaceAll(Matcher.quoteReplacement(MARK));
        String withoutUsers = URL_USER.matcher(withoutSecrets).replaceAll("://" + Matcher.quoteReplacement(MARK) + "@");
        return URL_PARAMETER.matcher(withoutUsers).replaceAll("$1" + Matcher.quoteReplacement(MARK));
    }

    /** How many characters of a stream must be held back so that no secret slips through a chunk border. */
    int holdBack() {
        return Math.max(0, longest - 1);
    }

    private static boolean looksLikeSwitch(String value) {
        return value.matches("(?i)true|false|yes|no|none|null|disabled|enabled");
    }

    private static void addSpellings(Set<String> spellings, String value) {
        add(spellings, value);
        add(spellings, value.strip());
        // A secret of several lines (a key file) reaches a log line by line.
        value.lines().forEach(line -> add(spellings, line.strip()));
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
        add(spellings, encoded);
        add(spellings, encoded.replace("+", "%20"));
        add(spellings, encoded.toLowerCase(Locale.ROOT));
        add(spellings, value.replace("\\", "\\\\").replace("\"", "\\\""));
        add(spellings, value.replace("'", "''"));
        add(spellings, value.replace("'", "'\\''"));
        addUrlPassword(spellings, value);
    }

    /** A secret URL carries its password inside; tools print that part alone, raw and decoded. */
    private static void addUrlPassword(Set<String> spellings, String value) {
        Matcher url = Pattern.compile("^[a-zA-Z0-9+.:-]+://[^:/@]*:(.*)@[^@]*$", Pattern.DOTALL).matcher(value);
        if (url.matches()) {
            String password = url.group(1);
            add(spellings, password);
            add(spellings, PercentEncoding.decode(password));
        }
    }

    private static void add(Set<String> spellings, String value) {
        if (value.length() >= SHORTEST) {
            spellings.add(value);
        }
    }
}
