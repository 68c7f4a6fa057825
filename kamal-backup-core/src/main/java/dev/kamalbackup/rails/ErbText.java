package dev.kamalbackup.rails;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A template of ERB, with what it inserts taken out: the text holds a mark in the place of each insertion, so that no
 * value can change how the text around it is read.
 *
 * @param text the text with marks
 * @param insertions what belongs in the place of each mark
 * @param statement the line of the first tag that is more than an insertion, as in {@code <% if … %>}; 0 for none
 */
record ErbText(String text, List<Insertion> insertions, int statement) {
    private static final Pattern TAG = Pattern.compile("<%(%|=|#|-)?(.*?)(-?)%>(\\n)?", Pattern.DOTALL);
    private static final Pattern MARK = Pattern.compile("__ERB_(\\d{1,4})__");

    ErbText {
        insertions = List.copyOf(insertions);
    }

    /**
     * One {@code <%= … %>}.
     *
     * @param line where it begins
     * @param code the Ruby in it
     * @param value what it inserts; empty if that cannot be told without Ruby
     */
    record Insertion(int line, String code, Optional<String> value) {}

    static ErbText read(String template, Variables variables) {
        RubyExpression ruby = new RubyExpression(variables);
        List<Insertion> insertions = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        int statement = 0;
        Matcher tag = TAG.matcher(template);
        while (tag.find()) {
            int line = 1
                    + (int) template.substring(0, tag.start())
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
            String kind = tag.group(1) == null ? "" : tag.group(1);
            String replacement = "";
            if (kind.equals("=")) {
                String code = tag.group(2).strip();
                replacement = "__ERB_" + insertions.size() + "__";
                insertions.add(new Insertion(line, code, ruby.value(code)));
            } else if (kind.equals("%")) {
                replacement = "<%" + tag.group(2) + "%>";
            } else if (!kind.equals("#") && statement == 0) {
                statement = line;
            }
            boolean keepsEnd = tag.group(4) != null && tag.group(3).isEmpty();
            tag.appendReplacement(text, Matcher.quoteReplacement(replacement + (keepsEnd ? "\n" : "")));
        }
        return new ErbText(tag.appendTail(text).toString(), insertions, statement);
    }

    /** The first insertion within this part of the text whose value is not known. */
    Optional<Insertion> unknownIn(String part) {
        return MARK.matcher(part)
                .results()
                .map(mark -> insertions.get(Integer.parseInt(mark.group(1))))
                .filter(insertion -> insertion.value().isEmpty())
                .findFirst();
    }

    /** A part of the text with the values in the place of their marks; what is not known is left out. */
    String filled(String part) {
        return MARK.matcher(part)
                .replaceAll(mark -> Matcher.quoteReplacement(
                        insertions.get(Integer.parseInt(mark.group(1))).value().orElse("")));
    }
}
