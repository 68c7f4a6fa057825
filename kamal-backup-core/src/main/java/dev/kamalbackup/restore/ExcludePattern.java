package dev.kamalbackup.restore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One of restic's exclude patterns (restic manual, "Excluding Files"): a leading slash ties it to the root, {@code **}
 * stands for any number of folders, and whatever lies below a match is matched, too.
 */
final class ExcludePattern {
    private final List<Pattern> parts;

    ExcludePattern(String text) {
        List<Pattern> components = new ArrayList<>();
        if (!text.startsWith("/")) {
            components.add(ANY_FOLDERS);
        }
        for (String component : text.split("/", -1)) {
            if (component.equals("**")) {
                components.add(ANY_FOLDERS);
            } else if (!component.isEmpty() && !component.equals(".")) {
                components.add(component(component));
            }
        }
        this.parts = List.copyOf(components);
    }

    /** A component that stands for any number of components; compared by identity. */
    private static final Pattern ANY_FOLDERS = Pattern.compile(".*", Pattern.DOTALL);

    /** Whether restic would leave out this absolute path. */
    boolean matches(Path path) {
        List<String> names = new ArrayList<>();
        path.forEach(name -> names.add(name.toString()));
        return matches(0, names, 0);
    }

    private boolean matches(int part, List<String> names, int name) {
        if (part == parts.size()) {
            // The pattern is used up: this is a match or lies below one.
            return true;
        }
        Pattern pattern = parts.get(part);
        if (pattern == ANY_FOLDERS) {
            for (int next = name; next <= names.size(); next++) {
                if (matches(part + 1, names, next)) {
                    return true;
                }
            }
            return false;
        }
        return name < names.size() && pattern.matcher(names.get(name)).matches() && matches(part + 1, names, name + 1);
    }

    /** Go's path patterns: {@code *}, {@code ?}, {@code [a-z]}, and a backslash before what is meant literally. */
    private static Pattern component(String glob) {
        StringBuilder regex = new StringBuilder();
        boolean inClass = false;
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            if (c == '\\' && i + 1 < glob.length()) {
                i++;
                regex.append(Pattern.quote(glob.substring(i, i + 1)));
            } else if (inClass) {
                regex.append(c == '[' || c == '&' ? "\\" + c : String.valueOf(c));
                inClass = c != ']';
            } else if (c == '[' && glob.indexOf(']', i + 1) > 0) {
                regex.append('[');
                inClass = true;
            } else if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else {
                regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
