package dev.kamalbackup.tag;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The tags of one snapshot, in the order in which they are written. What each means is said in the factory methods; the
 * predecessor wrote the same ones, save {@code parts:N}.
 *
 * @param tags the tags
 */
public record TagSet(List<Tag> tags) {
    private static final Tag COMMON = new Tag("kamal-backup");
    private static final String SAFETY = "safety";
    private static final String TARGET = "target";

    public TagSet {
        tags = List.copyOf(tags);
    }

    /** The tags by which all snapshots of an app are found, whatever version wrote them. */
    public static TagSet ofApp(String app) {
        return new TagSet(List.of(COMMON, Tag.of("app", app)));
    }

    /** The tags of a database snapshot in a run of so many parts. */
    public static TagSet ofDatabase(String app, String database, String adapter, RunId run, int parts) {
        return new TagSet(List.of(
                COMMON,
                Tag.of("app", app),
                Tag.of("type", "database"),
                Tag.of("database", database),
                Tag.of("adapter", adapter),
                Tag.of("run", run.toString()),
                Tag.of("parts", Integer.toString(parts))));
    }

    /** The tags of a files snapshot in a run of so many parts. */
    public static TagSet ofFiles(String app, Collection<String> pathLabels, RunId run, int parts) {
        return new TagSet(Stream.of(
                        Stream.of(COMMON, Tag.of("app", app), Tag.of("type", "files")),
                        pathLabels.stream().distinct().map(label -> Tag.of("path", label)),
                        Stream.of(Tag.of("run", run.toString()), Tag.of("parts", Integer.toString(parts))))
                .flatMap(tags -> tags)
                .toList());
    }

    /** These tags and the mark that the snapshot keeps what a restore of this run replaced, and where. */
    public TagSet asSafetyBackup(RunId restored, String target) {
        return new TagSet(Stream.concat(
                        tags.stream(), Stream.of(Tag.of(SAFETY, restored.toString()), Tag.of(TARGET, target)))
                .toList());
    }

    /** The run before whose restore this snapshot was made; empty for all that are no safety backup. */
    public Optional<RunId> safetyOf() {
        return value(SAFETY).flatMap(RunId::parse);
    }

    /** Where the restore went before which this safety backup was made: {@code local} or {@code production}. */
    public Optional<String> target() {
        return value(TARGET);
    }

    /** Tags as restic reports them; what could not be a tag of ours is kept out. */
    public static TagSet parse(Collection<String> values) {
        return new TagSet(values.stream().filter(Tag::isPossible).map(Tag::new).toList());
    }

    /** The value of the first tag with this key, as in {@code run:20261123T055455Z}. */
    public Optional<String> value(String key) {
        return tags.stream().flatMap(tag -> tag.valueOf(key).stream()).findFirst();
    }

    /** The run this snapshot says it belongs to. */
    public Optional<RunId> run() {
        return value("run").flatMap(RunId::parse);
    }

    /** How many snapshots the run was planned to have; empty for what the predecessor wrote. */
    public OptionalInt parts() {
        return value("parts")
                .filter(text -> text.matches("[1-9]\\d{0,5}"))
                .map(text -> OptionalInt.of(Integer.parseInt(text)))
                .orElse(OptionalInt.empty());
    }

    /** Whether every tag of the other set is in this one. */
    public boolean containsAll(TagSet other) {
        return tags.containsAll(other.tags);
    }

    /** The tags as plain text, in order. */
    public List<String> values() {
        return tags.stream().map(Tag::value).toList();
    }
}
