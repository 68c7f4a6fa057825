package dev.kamalbackup.rails;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The few expressions of Ruby that configuration files use: {@code ENV["X"]}, {@code ENV.fetch("X", default)}, texts,
 * numbers, and one of them {@code ||} the next.
 */
final class RubyExpression {
    /** A text without anything to be evaluated in it. */
    private static final String TEXT = "\"[^\"\\\\#]*\"|'[^'\\\\]*'";

    private static final String NUMBER = "-?\\d[\\d_]*";
    private static final String LITERAL = "(" + TEXT + "|" + NUMBER + "|nil)";
    private static final String NAME = "[\"']([A-Za-z_][A-Za-z0-9_]*)[\"']";

    private static final Pattern ALONE = Pattern.compile(LITERAL);
    private static final Pattern LOOKUP = Pattern.compile("ENV\\s*\\[\\s*" + NAME + "\\s*\\]");
    private static final Pattern FETCH = Pattern.compile("ENV\\.fetch\\s*\\(?\\s*" + NAME + "\\s*(?:,\\s*" + LITERAL
            + "\\s*)?\\)?\\s*(?:\\{\\s*" + LITERAL + "?\\s*\\})?");
    private static final Pattern CONVERTED = Pattern.compile("(.*?)\\.to_[is]", Pattern.DOTALL);

    private final Variables variables;

    RubyExpression(Variables variables) {
        this.variables = variables;
    }

    /** What the expression inserts; empty if it cannot be told. */
    Optional<String> value(String code) {
        Optional<String> value = Optional.of("");
        for (String alternative : code.split("\\|\\|", -1)) {
            Optional<Optional<String>> found = single(alternative.strip());
            if (found.isEmpty()) {
                return Optional.empty();
            }
            if (found.get().isPresent()) {
                return found.get();
            }
            value = Optional.of("");
        }
        return value;
    }

    /** Empty: not understood; within it, empty: nil. */
    private Optional<Optional<String>> single(String code) {
        Matcher converted = CONVERTED.matcher(code);
        String plain = converted.matches() ? converted.group(1) : code;
        if (ALONE.matcher(plain).matches()) {
            return Optional.of(literal(plain));
        }
        Matcher lookup = LOOKUP.matcher(plain);
        if (lookup.matches()) {
            return Optional.of(variables.value(lookup.group(1)));
        }
        Matcher fetch = FETCH.matcher(plain);
        if (!fetch.matches()) {
            return Optional.empty();
        }
        Optional<String> given = variables.value(fetch.group(1));
        String otherwise = fetch.group(2) != null ? fetch.group(2) : fetch.group(3);
        if (given.isPresent()) {
            return Optional.of(given);
        }
        // Without a default Ruby raises an error here, and so does whoever needs the value.
        return otherwise == null ? Optional.empty() : Optional.of(literal(otherwise));
    }

    private static Optional<String> literal(String code) {
        if (code.equals("nil")) {
            return Optional.empty();
        }
        boolean quoted = code.startsWith("\"") || code.startsWith("'");
        return Optional.of(quoted ? code.substring(1, code.length() - 1) : code.replace("_", ""));
    }
}
