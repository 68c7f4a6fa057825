package dev.kamalbackup.config;

import java.util.List;

/** Says in our own words what the YAML parser found: its words quote the file, and a file may hold a password. */
final class YamlMistake {
    private record Meaning(String sign, String words) {}

    /** The first sign that occurs in the parser's words decides. */
    private static final List<Meaning> MEANINGS = List.of(
            new Meaning("TAB", "a tab stands here; YAML wants blanks for indentation"),
            new Meaning("\\t", "a tab stands here; YAML wants blanks for indentation"),
            new Meaning(
                    "mapping values are not allowed",
                    "a key stands where none can; check the indentation, and quote a value that holds \": \""),
            new Meaning("expected ':'", "a colon is missing after the key; a value follows it after a blank"),
            new Meaning("scanning a quoted", "a quote is opened and not closed"),
            new Meaning("unexpected end of stream", "a quote is opened and not closed"),
            new Meaning("document separator", "a quote is opened and not closed"),
            new Meaning("unknown escape", "a backslash in double quotes has a meaning; write it twice or use '…'"),
            new Meaning("escape sequence", "a backslash in double quotes has a meaning; write it twice or use '…'"),
            new Meaning("<block end>", "the indentation does not fit the lines above, or a quote or bracket is wrong"),
            new Meaning("',' or ", "a list or mapping in brackets is not closed, or a comma is missing"),
            new Meaning("cannot start any token", "a value cannot begin with this character; put it in quotes"),
            new Meaning("tag", "tags (!name) are not supported; quote the value if it begins with !"),
            new Meaning("alias", "aliases (*name) are not supported; quote the value if it begins with *"),
            new Meaning("anchor", "anchors (&name) are not supported; quote the value if it begins with &"),
            new Meaning("sequence entries", "a list begins where none can; put each \"- \" on a line of its own"),
            new Meaning("block sequence", "a list begins where none can; put each \"- \" on a line of its own"),
            new Meaning("directive", "a line that begins with % is a directive, which has no place here"));

    private YamlMistake() {}

    static String explain(String parserWords) {
        return "is not valid YAML: "
                + MEANINGS.stream()
                        .filter(meaning -> parserWords.contains(meaning.sign()))
                        .map(Meaning::words)
                        .findFirst()
                        .orElse("check this line and the one before");
    }
}
