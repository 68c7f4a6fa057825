package dev.kamalbackup.settings;

import dev.kamalbackup.error.ConfigurationException;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.redact.Redactor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Collects everything that is wrong, so that one reading tells it all. */
final class Problems {
    /** Nobody reads more; and a hostile file must not fill the memory with complaints. */
    private static final int MOST = 200;

    private static final int LONGEST_QUOTE = 60;

    private record Found(Place place, Problem problem) {}

    private final Map<String, String> environment;
    private final List<Found> problems = new ArrayList<>();
    private final List<Found> warnings = new ArrayList<>();
    private int unsaid;
    private @Nullable Redactor redactor;

    Problems(Map<String, String> environment) {
        this.environment = environment;
    }

    void add(Place place, String key, String message) {
        if (isFull()) {
            unsaid++;
        } else {
            problems.add(new Found(place, new Problem(place.toString(), key, message)));
        }
    }

    void warn(Place place, String key, String message) {
        if (warnings.size() < MOST) {
            warnings.add(new Found(place, new Problem(place.toString(), key, message)));
        }
    }

    /** What is read, or the other value if there is anything wrong with it, of which nothing is said then. */
    <T> T unlessWrong(Supplier<T> reading, T otherwise) {
        int before = problems.size();
        T value = reading.get();
        boolean wrong = problems.size() > before;
        problems.subList(before, problems.size()).clear();
        return wrong ? otherwise : value;
    }

    /** Whether further problems are only counted. */
    boolean isFull() {
        return problems.size() >= MOST;
    }

    /** What the user wrote, fit for a message: on one line, not too long, without any secret of the environment. */
    String quote(String text) {
        return "\"" + name(text) + "\"";
    }

    /** The same without quotes, for keys. */
    String name(String text) {
        String visible = redactor().redact(text).replaceAll("[\\p{Cntrl}\\p{Cs}\\u2028\\u2029]", "?");
        return visible.length() > LONGEST_QUOTE ? visible.substring(0, LONGEST_QUOTE) + "…" : visible;
    }

    /** Made only when something is wrong: it goes through the whole environment. */
    private Redactor redactor() {
        Redactor known = redactor;
        if (known == null) {
            known = Redactor.knowing(Set.of(), environment);
            redactor = known;
        }
        return known;
    }

    void throwIfAny() {
        if (!problems.isEmpty()) {
            Stream<Problem> rest = unsaid == 0
                    ? Stream.empty()
                    : Stream.of(new Problem("", "", "and " + unsaid + " more problems like these"));
            throw new ConfigurationException(
                    Stream.concat(sorted(problems), rest).toList());
        }
    }

    List<Problem> warnings() {
        return sorted(warnings).toList();
    }

    private static Stream<Problem> sorted(List<Found> found) {
        return found.stream().sorted(Comparator.comparing(Found::place)).map(Found::problem);
    }
}
