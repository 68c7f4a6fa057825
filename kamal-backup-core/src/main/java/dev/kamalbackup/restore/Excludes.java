package dev.kamalbackup.restore;

import java.nio.file.Path;
import java.util.List;

/**
 * The exclude patterns of a snapshot, applied as restic does: of all that match the last one decides, one that begins
 * with {@code !} takes back, and below a folder that is left out nothing is looked at.
 */
final class Excludes {
    private record Rule(ExcludePattern pattern, boolean takesBack) {
        static Rule of(String text) {
            return text.startsWith("!")
                    ? new Rule(new ExcludePattern(text.substring(1)), true)
                    : new Rule(new ExcludePattern(text), false);
        }
    }

    private final List<Rule> rules;

    Excludes(List<String> patterns) {
        this.rules = patterns.stream()
                .filter(pattern -> !pattern.isEmpty())
                .map(Rule::of)
                .toList();
    }

    boolean isEmpty() {
        return rules.isEmpty();
    }

    /** Whether restic would leave out this absolute path when it backs up that folder. */
    boolean leaveOut(Path root, Path path) {
        Path each = root;
        if (matches(each)) {
            return true;
        }
        for (Path name : root.relativize(path)) {
            each = each.resolve(name);
            if (matches(each)) {
                return true;
            }
        }
        return false;
    }

    private boolean matches(Path path) {
        boolean matched = false;
        for (Rule rule : rules) {
            if (matched == rule.takesBack() && rule.pattern().matches(path)) {
                matched = !matched;
            }
        }
        return matched;
    }
}
