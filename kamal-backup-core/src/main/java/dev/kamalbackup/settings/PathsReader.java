package dev.kamalbackup.settings;

import dev.kamalbackup.config.BackupPath;
import dev.kamalbackup.config.SystemFolders;
import dev.kamalbackup.settings.ConfigNode.Broken;
import dev.kamalbackup.settings.ConfigNode.Child;
import dev.kamalbackup.settings.ConfigNode.Items;
import dev.kamalbackup.settings.ConfigNode.Scalar;
import dev.kamalbackup.settings.ConfigNode.Section;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads which files to back up, and from where a local restore takes them. */
final class PathsReader {
    private static final List<String> ENTRY_KEYS = List.of("path", "exclude");

    /** Each is compared with every other one, and looked up on the disk. */
    private static final int MOST = 200;

    /** A path that was given, and what the user calls it. */
    private record Given(String label, Place place, BackupPath path) {}

    private final Values values;
    private final PathResolver resolver;
    private final Problems problems;
    private final boolean suspiciousPathsAllowed;

    PathsReader(Values values, PathResolver resolver, Problems problems) {
        this.values = values;
        this.resolver = resolver;
        this.problems = problems;
        this.suspiciousPathsAllowed = values.flag(Keys.ALLOW_SUSPICIOUS_PATHS);
    }

    boolean suspiciousPathsAllowed() {
        return suspiciousPathsAllowed;
    }

    List<BackupPath> paths() {
        // Alone among the keys: paths of the grouped file are not overridden by the environment.
        Optional<Entry> grouped = values.inFiles(Keys.PATHS_LIST).filter(PathsReader::isGrouped);
        List<Given> given = grouped.or(() -> values.given(Keys.PATHS_LIST)).stream()
                .flatMap(this::paths)
                .toList();
        refuseSuspicious(given);
        refuseOverlaps(given);
        return given.stream().map(Given::path).toList();
    }

    /** @param pathCount how many paths there are to restore to */
    List<Path> restoreFrom(int pathCount) {
        Optional<Entry> entry = values.given(Keys.RESTORE_FROM);
        List<Path> sources = entry.stream()
                .flatMap(this::paths)
                .map(given -> given.path().path())
                .toList();
        if (!sources.isEmpty() && sources.size() != pathCount) {
            problems.add(
                    entry.orElseThrow().place(),
                    entry.orElseThrow().label(),
                    "lists " + sources.size() + " where paths lists " + pathCount
                            + "; each path needs the one it is restored from, in the same order");
        }
        return sources;
    }

    private Stream<Given> paths(Entry entry) {
        List<Given> paths = unboundedPaths(entry).limit(MOST + 1L).toList();
        if (paths.size() > MOST) {
            problems.add(entry.place(), entry.label(), "lists more than " + MOST + " paths; back up what holds them");
            return Stream.empty();
        }
        return paths.stream();
    }

    private Stream<Given> unboundedPaths(Entry entry) {
        if (entry.node() instanceof Scalar scalar) {
            return isGrouped(entry) ? path(new Entry(entry.label(), scalar), scalar) : split(entry.label(), scalar);
        }
        if (!(entry.node() instanceof Items items)) {
            if (!(entry.node() instanceof Broken)) {
                problems.add(entry.place(), entry.label(), "expects " + KeyType.PATHS.expected() + ", not a mapping");
            }
            return Stream.empty();
        }
        List<Given> paths = new ArrayList<>();
        for (int i = 0; i < items.nodes().size(); i++) {
            ConfigNode item = items.nodes().get(i);
            String label = entry.label() + "[" + (i + 1) + "]";
            if (!isGrouped(entry) && item instanceof Scalar scalar) {
                split(label, scalar).forEach(paths::add);
            } else {
                item(new Entry(label, item), entry).forEach(paths::add);
            }
        }
        return paths.stream();
    }

    private Stream<Given> item(Entry entry, Entry list) {
        if (entry.node() instanceof Section section && list.label().equals(Keys.PATHS_LIST.path())) {
            return mapping(entry, section);
        }
        return values.scalar(entry).stream().flatMap(text -> path(entry, new Scalar(entry.place(), text)));
    }

    /** The environment and the flat file write several paths in one text. */
    private Stream<Given> split(String label, Scalar scalar) {
        return Stream.of(scalar.text().split("[:\n]", -1))
                .map(String::strip)
                .filter(text -> !text.isEmpty())
                .flatMap(text -> path(new Entry(label, scalar), new Scalar(scalar.place(), text)));
    }

    private Stream<Given> path(Entry entry, Scalar scalar) {
        if (scalar.isBlank()) {
            if (!entry.label().equals(Keys.PATHS_LIST.path())) {
                problems.add(entry.place(), entry.label(), "expects a path");
            }
            return Stream.empty();
        }
        return resolver
                .resolve(entry.place(), entry.label(), scalar.text().strip())
                .map(path -> new Given(entry.label(), entry.place(), BackupPath.of(path)))
                .stream();
    }

    private Stream<Given> mapping(Entry entry, Section section) {
        section.children().forEach((name, child) -> {
            if (!ENTRY_KEYS.contains(name)) {
                problems.add(
                        child.keyPlace(),
                        entry.label() + "." + problems.name(name),
                        NearestName.unknownKey(name, ENTRY_KEYS));
            }
        });
        List<String> excludes = excludes(entry, section);
        Child path = section.children().get("path");
        if (path == null || new Entry("", path.node()).isBlank()) {
            problems.add(entry.place(), entry.label() + ".path", "is missing");
            return Stream.empty();
        }
        Entry at = new Entry(entry.label() + ".path", path.node());
        return values.scalar(at).stream()
                .flatMap(text -> path(at, new Scalar(at.place(), text)))
                .map(given -> new Given(
                        given.label(),
                        given.place(),
                        new BackupPath(given.path().path(), excludes)));
    }

    private List<String> excludes(Entry entry, Section section) {
        Child exclude = section.children().get("exclude");
        if (exclude == null || exclude.node() instanceof Broken) {
            return List.of();
        }
        String label = entry.label() + ".exclude";
        if (!(exclude.node() instanceof Items items) || items.nodes().isEmpty()) {
            problems.add(exclude.keyPlace(), label, "expects a list of patterns with at least one");
            return List.of();
        }
        List<String> patterns = new ArrayList<>();
        for (int i = 0; i < items.nodes().size(); i++) {
            Entry item = new Entry(label + "[" + (i + 1) + "]", items.nodes().get(i));
            if (item.isBlank()) {
                problems.add(item.place(), item.label(), "expects a pattern");
            }
            values.scalar(item).ifPresent(patterns::add);
        }
        return patterns;
    }

    private void refuseSuspicious(List<Given> given) {
        if (suspiciousPathsAllowed) {
            return;
        }
        for (Given each : given) {
            SystemFolders.suspicion(each.path().path())
                    .ifPresent(why -> problems.add(
                            each.place(),
                            each.label(),
                            why + "; set " + Keys.ALLOW_SUSPICIOUS_PATHS.environment() + "=true if that is meant"));
        }
    }

    private void refuseOverlaps(List<Given> given) {
        List<Path> real = given.stream()
                .map(each -> SystemFolders.real(each.path().path()))
                .toList();
        for (int i = 0; i < given.size(); i++) {
            for (int j = 0; j < i; j++) {
                if (real.get(i).startsWith(real.get(j)) || real.get(j).startsWith(real.get(i))) {
                    problems.add(
                            given.get(i).place(),
                            given.get(i).label(),
                            "overlaps "
                                    + problems.name(given.get(j).path().path().toString())
                                    + "; one of them would be restored over the other");
                }
            }
        }
    }

    private static boolean isGrouped(Entry entry) {
        return entry.label().equals(Keys.PATHS_LIST.path()) || entry.label().equals(Keys.RESTORE_FROM.path());
    }
}
