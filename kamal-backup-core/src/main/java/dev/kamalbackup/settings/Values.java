package dev.kamalbackup.settings;

import dev.kamalbackup.config.Schedule;
import dev.kamalbackup.settings.ConfigNode.Broken;
import dev.kamalbackup.settings.ConfigNode.Items;
import dev.kamalbackup.settings.ConfigNode.Scalar;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The value of each key: a variable of the environment wins over the files, the later file over the earlier one, and a
 * blank one unsets what is below it.
 */
final class Values {
    private final Map<String, String> environment;
    private final Optional<Set<String>> elsewhere;
    private final List<Layer> strongestFirst;
    private final Problems problems;

    /**
     * @param elsewhere where secrets are out of reach: the variables that are set there, and whose values nobody knows
     *     here; files and programs that hold secrets are left alone
     * @param layers the files, the stronger one last
     */
    Values(Map<String, String> environment, Optional<Set<String>> elsewhere, List<Layer> layers, Problems problems) {
        this.environment = environment;
        this.elsewhere = elsewhere;
        List<Layer> reversed = new ArrayList<>(layers);
        Collections.reverse(reversed);
        this.strongestFirst = List.copyOf(reversed);
        this.problems = problems;
    }

    /** What the strongest place says of this key, blank or not. */
    Optional<Entry> find(Key key) {
        return Optional.ofNullable(environment.get(key.environment()))
                .map(value -> new Entry(key.environment(), new Scalar(Place.ENVIRONMENT, value)))
                .or(() -> unknown(key.environment()))
                .or(() -> inFiles(key));
    }

    /** What the strongest place says of this key, if it says something. */
    Optional<Entry> given(Key key) {
        return find(key).filter(entry -> !entry.isBlank());
    }

    /** What the strongest file says of this key, whatever the environment says. */
    Optional<Entry> inFiles(Key key) {
        return strongestFirst.stream()
                .flatMap(layer -> layer.find(key).stream())
                .findFirst();
    }

    /** Which of several ways to say one thing was used; the stronger place wins, two in one place are a mistake. */
    Optional<Key> strongest(Key... ways) {
        List<Key> used = Stream.of(ways)
                .filter(key -> given(key).isPresent())
                .sorted(Comparator.comparing((Key key) -> rank(key)).reversed())
                .toList();
        if (used.size() > 1 && rank(used.get(0)) == rank(used.get(1))) {
            Entry one = given(used.get(0)).orElseThrow();
            Entry other = given(used.get(1)).orElseThrow();
            problems.add(other.place(), other.label(), "means the same as " + one.label() + "; keep one");
        }
        return used.stream().findFirst();
    }

    /** Nothing more is said of what cannot be seen from here. */
    private Optional<Entry> unknown(String variable) {
        return isElsewhere(variable)
                ? Optional.of(new Entry(variable, new Broken(Place.ENVIRONMENT)))
                : Optional.empty();
    }

    /** Whether the variable is set where the settings will be used. */
    boolean isElsewhere(String variable) {
        return elsewhere.filter(names -> names.contains(variable)).isPresent();
    }

    /** Whether files and programs that hold secrets are out of reach, as those of another machine are. */
    boolean isForElsewhere() {
        return elsewhere.isPresent();
    }

    /** A variable's value, trimmed; empty if it is not set or blank. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    String text(Key key) {
        return given(key).flatMap(this::scalar).orElse(key.fallback());
    }

    boolean flag(Key key) {
        return parsed(key, ValueFormat::flag)
                .or(() -> ValueFormat.flag(key.fallback()))
                .orElseThrow();
    }

    int count(Key key) {
        return parsed(key, ValueFormat::count)
                .or(() -> ValueFormat.count(key.fallback()))
                .orElseThrow();
    }

    String age(Key key) {
        return parsed(key, ValueFormat::age).orElse(key.fallback());
    }

    String subset(Key key) {
        return parsed(key, ValueFormat::subset).orElse(key.fallback());
    }

    /** A length of time. One that is left blank in a file is a mistake, not a wish for the default. */
    Duration duration(Key key, Duration least) {
        refuseBlank(key);
        Optional<Duration> given = parsed(key, ValueFormat::duration);
        given.ifPresent(value -> requireAtLeast(key, value, least));
        return given.or(() -> ValueFormat.duration(key.fallback())).orElseThrow();
    }

    /** When something is due, by the clock of this zone; empty if nothing is said. */
    Optional<Schedule> schedule(Key key, ZoneId zone) {
        refuseBlank(key);
        Optional<Schedule> given = parsed(key, text -> ValueFormat.schedule(text, zone));
        if (given.isPresent() && given.get() instanceof Schedule.Every every) {
            requireAtLeast(key, every.interval(), Duration.ofSeconds(1));
        }
        return given.or(() -> ValueFormat.duration(key.fallback()).map(Schedule.Every::new));
    }

    ZoneId zone(Key key) {
        return parsed(key, ValueFormat::zone)
                .or(() -> ValueFormat.zone(key.fallback()))
                .orElseThrow();
    }

    private void refuseBlank(Key key) {
        find(key)
                .filter(entry -> entry.isBlank() && !entry.place().isEnvironment())
                .ifPresent(entry -> problems.add(
                        entry.place(), entry.label(), "expects " + key.type().expected()));
    }

    private void requireAtLeast(Key key, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            Entry entry = given(key).orElseThrow();
            problems.add(entry.place(), entry.label(), "must be at least " + least.toSeconds() + "s");
        }
    }

    /** One value, trimmed; a problem if a list or a mapping stands there. */
    Optional<String> scalar(Entry entry) {
        if (entry.node() instanceof Scalar scalar) {
            return Optional.of(scalar.text().strip());
        }
        if (!(entry.node() instanceof Broken)) {
            problems.add(
                    entry.place(),
                    entry.label(),
                    "expects one value, not a " + (entry.node() instanceof Items ? "list" : "mapping"));
        }
        return Optional.empty();
    }

    private <T> Optional<T> parsed(Key key, Function<String, Optional<T>> format) {
        Optional<Entry> entry = given(key);
        Optional<String> text = entry.flatMap(this::scalar);
        Optional<T> value = text.flatMap(format);
        if (text.isPresent() && value.isEmpty()) {
            problems.add(
                    entry.orElseThrow().place(),
                    entry.orElseThrow().label(),
                    "expects " + key.type().expected() + ", not " + problems.quote(text.get()));
        }
        return value;
    }

    private int rank(Key key) {
        return given(key).map(entry -> entry.place().rank()).orElse(-1);
    }
}
