package dev.kamalbackup.redact;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The ways in which tools print one and the same secret. */
final class Spellings {
    /** Shorter values ("true", "dev") occur in ordinary text; redacting them would only damage it. */
    private static final int SHORTEST = 4;

    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");

    /** What RFC 3986 lets stand unencoded in the user part of a URL; Go, and so restic, makes use of it. */
    private static final String ALLOWED_IN_USER = "!$&'()*+,;=~";

    private final Set<String> all = new TreeSet<>();

    private Spellings() {}

    static Set<String> of(String secret) {
        Spellings spellings = new Spellings();
        spellings.addAll(secret);
        // A secret of several lines (a key file) reaches a log line by line.
        secret.lines().map(String::strip).filter(line -> !line.equals(secret)).forEach(spellings::addAll);
        UrlSecrets.of(secret).forEach(part -> spellings.addAll(part.reveal()));
        return spellings.all;
    }

    private void addAll(String value) {
        add(value);
        add(value.strip());
        addEncoded(value);
        addQuoted(value);
    }

    private void addEncoded(String value) {
        String form = URLEncoder.encode(value, StandardCharsets.UTF_8);
        String uri = form.replace("+", "%20").replace("*", "%2A").replace("%7E", "~");
        String user = uri;
        for (int i = 0; i < ALLOWED_IN_USER.length(); i++) {
            char allowed = ALLOWED_IN_USER.charAt(i);
            user = user.replace(String.format(Locale.ROOT, "%%%02X", (int) allowed), String.valueOf(allowed));
        }
        for (String encoded : List.of(form, form.replace("+", "%20"), uri, user)) {
            add(encoded);
            add(ESCAPE.matcher(encoded).replaceAll(escape -> escape.group().toLowerCase(Locale.ROOT)));
        }
    }

    private void addQuoted(String value) {
        String json = json(value);
        add(json);
        add(json.replace("/", "\\/"));
        // Jackson and restic's own JSON (Go) differ in how they write these.
        add(json.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"));
        add(value.replace("'", "''"));
        add(value.replace("'", "'\\''"));
        add(value.replace("'", "\\'"));
    }

    /** The value as it stands between the quotes of JSON, which is also how YAML and most programs quote. */
    private static String json(String value) {
        StringBuilder json = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            switch (character) {
                case '\\', '"' -> json.append('\\').append(character);
                case '\n' -> json.append("\\n");
                case '\r' -> json.append("\\r");
                case '\t' -> json.append("\\t");
                default -> {
                    if (character < ' ') {
                        json.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
                    } else {
                        json.append(character);
                    }
                }
            }
        }
        return json.toString();
    }

    private void add(String value) {
        if (value.length() >= SHORTEST) {
            all.add(value);
        }
    }
}
