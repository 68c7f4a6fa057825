package dev.kamalbackup.redact;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
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

    /** Up to the last {@code @} before a space, quote or the path: a password may itself hold an {@code @}. */
    private static final Pattern URL_USER = Pattern.compile("://[^\\s/\"'<>]*@");

    private static final Pattern URL_PARAMETER = Pattern.compile(
            "(?i)([?&](?:pass(?:word)?|token|secret|key|access_key_id|secret_access_key|sslpassword)=)[^&\\s\"']+");

    private static final Pattern SECRET_NAME = Pattern.compile(
            ".*(pass|secret|token|credential|authorization|access_key|account_key|apikey).*|(.*_)?(pwd|key|sas)(_.*)?");

    /** The shell's current and last folder; hiding those would hide every path below them. */
    private static final Set<String> FOLDERS = Set.of("pwd", "oldpwd");

    private final Pattern secrets;
    private final int longest;

    private Redactor(Pattern secrets, int longest) {
        this.secrets = secrets;
        this.longest = longest;
    }

    /**
     * The first alternative that matches wins. By hand, since the comparators of {@link java.util.Comparator} are
     * serializable, and no archive of classes takes those: 5 ms of every start.
     */
    private static int longestFirst(String one, String other) {
        int byLength = Integer.compare(other.length(), one.length());
        return byLength == 0 ? one.compareTo(other) : byLength;
    }

    /** A redactor that knows these secrets and every value of a secret-looking variable in the environment. */
    public static Redactor knowing(Collection<Secret> secrets, Map<String, String> environment) {
        Set<String> spellings = new TreeSet<>(Redactor::longestFirst);
        secrets.forEach(secret -> spellings.addAll(Spellings.of(secret.reveal())));
        environment.forEach((name, value) -> {
            if (looksSecret(name) && !looksLikeSwitch(value)) {
                spellings.addAll(Spellings.of(value));
            }
        });
        String alternatives = spellings.stream().map(Pattern::quote).collect(Collectors.joining("|"));
        int longest = spellings.stream().mapToInt(String::length).max().orElse(0);
        // Looking ahead finds a secret at every place, also where it begins inside another one.
        // "(?!)" never matches: with no secrets there is nothing to replace.
        return new Redactor(Pattern.compile(alternatives.isEmpty() ? "(?!)" : "(?=(" + alternatives + "))"), longest);
    }

    /** A redactor that knows no secret and still hides the user part of URLs. */
    public static Redactor none() {
        return knowing(Set.of(), Map.of());
    }

    /** Whether a variable or key of this name usually holds a secret. */
    public static boolean looksSecret(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return !FOLDERS.contains(lower) && SECRET_NAME.matcher(lower).matches();
    }

    /** The text without any known secret. */
    public String redact(String text) {
        StringBuilder withoutSecrets = new StringBuilder();
        int done = 0;
        for (Span span : spans(text)) {
            withoutSecrets.append(text, done, span.start()).append(MARK);
            done = span.end();
        }
        withoutSecrets.append(text, done, text.length());
        String withoutUsers = URL_USER.matcher(withoutSecrets).replaceAll("://" + Matcher.quoteReplacement(MARK) + "@");
        return URL_PARAMETER.matcher(withoutUsers).replaceAll("$1" + Matcher.quoteReplacement(MARK));
    }

    /** Where known secrets stand, in order. Those that overlap are one span: no end of either may stay. */
    List<Span> spans(String text) {
        List<Span> spans = new ArrayList<>();
        Matcher matcher = secrets.matcher(text);
        while (matcher.find()) {
            Span span = new Span(matcher.start(), matcher.end(1));
            Span last = spans.isEmpty() ? null : spans.get(spans.size() - 1);
            if (last != null && span.start() < last.end()) {
                spans.set(spans.size() - 1, new Span(last.start(), Math.max(last.end(), span.end())));
            } else {
                spans.add(span);
            }
        }
        return spans;
    }

    /** How many characters of a stream must be held back so that no secret slips through a chunk border. */
    int holdBack() {
        return Math.max(0, longest - 1);
    }

    private static boolean looksLikeSwitch(String value) {
        return value.matches("(?i)true|false|yes|no|none|null|disabled|enabled");
    }

    /** A stretch of text, the end not included. */
    record Span(int start, int end) {}
}
