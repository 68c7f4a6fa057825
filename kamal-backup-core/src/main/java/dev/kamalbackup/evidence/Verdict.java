package dev.kamalbackup.evidence;

/**
 * One thing an auditor wants to know, in a sentence.
 *
 * @param subject what it is about
 * @param level how it stands
 * @param sentence what there is to say, as HTML
 */
record Verdict(String subject, Level level, String sentence) {
    /** How something stands. */
    enum Level {
        GOOD("good", "✓"),
        LOOK("look at this", "!"),
        BAD("bad", "✕"),
        UNKNOWN("not known", "?");

        private final String word;
        private final String sign;

        Level(String word, String sign) {
            this.word = word;
            this.sign = sign;
        }
    }

    String html() {
        return "<div class=\"verdict " + level.name().toLowerCase(java.util.Locale.ROOT) + "\"><dt><span class=\"sign\""
                + " aria-hidden=\"true\">" + level.sign + "</span> " + HtmlText.escape(subject)
                + " <span class=\"level\">" + level.word + "</span></dt><dd>" + sentence + "</dd></div>\n";
    }
}
