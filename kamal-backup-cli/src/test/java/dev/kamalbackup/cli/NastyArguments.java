package dev.kamalbackup.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Arguments made of whatever a shell, Ruby, or anybody who splits lines into words could stumble over. */
final class NastyArguments {
    private final Random random;
    private final List<String> pieces;

    /**
     * Some of them would make this file, if anybody executed them.
     *
     * @param seed the same seed gives the same arguments
     */
    NastyArguments(long seed, Path canary) {
        random = new Random(seed);
        pieces = List.of(
                "$(touch " + canary + ")",
                "`touch " + canary + "`",
                ";touch " + canary + ";",
                "&& touch " + canary + " ||",
                "\n touch " + canary + "\n",
                "${x:-$(touch " + canary + ")}",
                "| tee " + canary,
                ">" + canary,
                " ",
                "  ",
                "\t",
                "\n",
                "\r",
                "'",
                "''",
                "\"",
                "\\",
                "\\\\",
                "\\n",
                "$",
                "$HOME",
                "${IFS}",
                "$$",
                "!",
                "!!",
                "*",
                "?",
                "[a-z]",
                "{a,b}",
                "~",
                "#",
                "%s",
                "%%",
                "&",
                "(",
                ")",
                "<",
                "=",
                "-",
                "--",
                "-rf",
                "--raw",
                "plain",
                "ü",
                "漢字",
                "😀",
                "\u00a0",
                "\u0001",
                "\u007f",
                "'\"'\"'",
                "#{`id`}",
                "<%= 1 %>");
    }

    /** One argument; now and then an empty one. */
    String one() {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(7); left > 0; left--) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }

    /** That many. */
    List<String> some(int count) {
        List<String> arguments = new ArrayList<>();
        while (arguments.size() < count) {
            arguments.add(one());
        }
        return arguments;
    }
}
