package dev.kamalbackup.settings;

import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Says in our own words what the YAML parser found: its words quote the file, and a file may hold a password. */
final class YamlMistake {
    /** Where the line is that a person must look at. */
    private enum Line {
        /** Where the parser could not go on. */
        STOPPED,
        /** Where what it was reading begins; for what is never closed it stops only at the end of the file. */
        BEGAN
    }

    private record Meaning(String sign, Line line, String words) {}

    private static final String TAB = "a tab stands here; YAML wants blanks for indentation";
    private static final String QUOTE = "a quote is opened and not closed";
    private static final String BACKSLASH = "a backslash in double quotes has a meaning; write it twice or use '…'";
    private static final String LIST = "a list begins where none can; put each \"- \" on a line of its own";

    /** The first sign that occurs in the parser's words decides. */
    private static final List<Meaning> MEANINGS = List.of(
            new Meaning("TAB", Line.STOPPED, TAB),
            new Meaning("\t", Line.STOPPED, TAB),
            new Meaning(
                    "mapping values are not allowed",
                    Line.STOPPED,
                    "a key stands where none can; check the indentation, and quote a value that holds \": \""),
            new Meaning(
                    "expected ':'", Line.BEGAN, "a colon is missing after the key; a value follows it after a blank"),
            new Meaning("unexpected end of stream", Line.BEGAN, QUOTE),
            new Meaning("document separator", Line.BEGAN, QUOTE),
            new Meaning("unknown escape", Line.STOPPED, BACKSLASH),
            new Meaning("escape sequence", Line.STOPPED, BACKSLASH),
            new Meaning(
                    "<block end>",
                    Line.STOPPED,
                    "the indentation does not fit the lines above, or a quote or bracket is wrong"),
            new Meaning("',' or ", Line.BEGAN, "a list or mapping in brackets is not closed, or a comma is missing"),
            new Meaning(
                    "cannot start any token",
                    Line.STOPPED,
                    "a value cannot begin with this character; put it in quotes"),
            new Meaning("tag", Line.STOPPED, "tags (!name) are not supported; quote the value if it begins with !"),
            new Meaning(
                    "alias", Line.STOPPED, "aliases (*name) are not supported; quote the value if it begins with *"),
            new Meaning(
                    "anchor", Line.STOPPED, "anchors (&name) are not supported; quote the value if it begins with &"),
            new Meaning("sequence entries", Line.STOPPED, LIST),
            new Meaning("block sequence", Line.STOPPED, LIST),
            new Meaning(
                    "directive", Line.STOPPED, "a line that begins with % is a directive, which has no place here"));

    private static final Meaning UNKNOWN = new Meaning("", Line.STOPPED, "check this line and the one before");

    private YamlMistake() {}

    static void tell(YamlEngineException mistake, Place file, Problems problems) {
        // Never its whole message: that quotes the line.
        String words = mistake instanceof MarkedYamlEngineException marked
                ? String.valueOf(marked.getProblem())
                : String.valueOf(mistake.getMessage());
        Meaning meaning = MEANINGS.stream()
                .filter(each -> words.contains(each.sign()))
                .findFirst()
                .orElse(UNKNOWN);
        problems.add(file.atLine(line(mistake, meaning)), "", "is not valid YAML: " + meaning.words());
    }

    /** An escape in double quotes cannot be read. */
    static void tellOfEscape(Place place, Problems problems) {
        problems.add(place, "", "is not valid YAML: " + BACKSLASH);
    }

    /** The line, from 1; 0 if the parser does not know. */
    private static int line(YamlEngineException mistake, Meaning meaning) {
        if (!(mistake instanceof MarkedYamlEngineException marked)) {
            return 0;
        }
        Optional<Mark> began = marked.getContextMark().filter(mark -> meaning.line() == Line.BEGAN);
        return began.or(marked::getProblemMark).map(mark -> mark.getLine() + 1).orElse(0);
    }
}
