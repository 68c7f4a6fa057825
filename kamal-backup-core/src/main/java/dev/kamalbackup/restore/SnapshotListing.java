package dev.kamalbackup.restore;

import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.restic.Node;
import dev.kamalbackup.restic.Restic;
import dev.kamalbackup.restic.SnapshotContents;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a snapshot holds at and below one path: read entry by entry, remembered as a sum, compared with a folder. */
final class SnapshotListing {
    private final RestoreTask.FilesTarget task;
    private final Predicate<String> passedOver;
    private final Tally tally = new Tally();
    private @Nullable EntryKind top;

    /** Nothing is known yet; what is passed over, relative to the path, will not be counted. */
    SnapshotListing(RestoreTask.FilesTarget task, Predicate<String> passedOver) {
        this.task = task;
        this.passedOver = passedOver;
    }

    /** Reads them all, each snapshot only once. */
    static void read(Restic restic, List<SnapshotListing> listings, Cancellation cancellation) {
        listings.stream()
                .collect(
                        Collectors.groupingBy(listing -> listing.task.snapshot().id()))
                .forEach((snapshot, ofIt) -> restic.contents(snapshot)
                        .list(
                                ofIt.stream()
                                        .map(listing -> listing.task.source().toString())
                                        .toList(),
                                node -> ofIt.forEach(listing -> listing.hear(node)),
                                cancellation));
        listings.forEach(listing -> listing.tally.sealed());
    }

    private void hear(Node node) {
        below(node, path -> {
            EntryKind kind = EntryKind.of(node);
            if (path.isEmpty()) {
                top = kind;
            }
            if (!passedOver.test(path)) {
                tally.add(path, kind, node.size());
            }
        });
    }

    /** Hands over the path relative to ours, if it is there or below. */
    private void below(Node node, Consumer<String> relative) {
        String source = task.source().toString();
        String below = source.endsWith("/") ? source : source + "/";
        if (node.path().equals(source)) {
            relative.accept("");
        } else if (node.path().startsWith(below)) {
            relative.accept(node.path().substring(below.length()));
        }
    }

    /** What the path itself is; empty if the snapshot does not hold it. */
    Optional<EntryKind> top() {
        return Optional.ofNullable(top);
    }

    Tally tally() {
        return tally;
    }

    /** How this tree differs from the listing; empty if it does not. What is ignored is not looked at. */
    Optional<String> difference(
            SnapshotContents contents, Path tree, BiPredicate<Path, EntryKind> ignored, Cancellation cancellation)
            throws IOException {
        Tally found = new Tally();
        Files.walkFileTree(tree, new Counter(tree, ignored, found));
        if (found.sameAs(tally)) {
            return Optional.empty();
        }
        // Only now is it worth another listing to say which file it is.
        FirstDifference first = new FirstDifference(tree);
        contents.list(
                List.of(task.source().toString()), node -> below(node, path -> first.accept(path, node)), cancellation);
        return Optional.of(first.reason.orElse(
                "restic restored " + found.entries() + " files and folders instead of " + tally.entries()));
    }

    private static final class Counter extends LiveFolderVisitor {
        private final Path tree;
        private final BiPredicate<Path, EntryKind> passedOver;
        private final Tally found;

        Counter(Path tree, BiPredicate<Path, EntryKind> passedOver, Tally found) {
            this.tree = tree;
            this.passedOver = passedOver;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return count(folder, attributes) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            count(file, attributes);
            return FileVisitResult.CONTINUE;
        }

        private boolean count(Path path, BasicFileAttributes attributes) {
            Path relative = tree.relativize(path);
            EntryKind kind = EntryKind.of(attributes);
            if (passedOver.test(relative, kind)) {
                return false;
            }
            found.add(relative.toString(), kind, attributes.size());
            return true;
        }
    }

    private static final class FirstDifference {
        private final Path tree;
        private Optional<String> reason = Optional.empty();

        FirstDifference(Path tree) {
            this.tree = tree;
        }

        void accept(String path, Node node) {
            if (reason.isEmpty() && EntryKind.of(node) != EntryKind.OTHER) {
                reason = compare(path, node);
            }
        }

        private Optional<String> compare(String path, Node node) {
            try {
                Path file = path.isEmpty() ? tree : tree.resolve(path);
                BasicFileAttributes attributes =
                        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                if (EntryKind.of(attributes) != EntryKind.of(node)) {
                    return Optional.of(node.path() + " is no " + node.type());
                }
                return EntryKind.of(node) == EntryKind.FILE && attributes.size() != node.size()
                        ? Optional.of(node.path() + " has " + attributes.size() + " bytes instead of " + node.size())
                        : Optional.empty();
            } catch (NoSuchFileException missing) {
                return Optional.of("restic restored no " + node.path());
            } catch (IOException | InvalidPathException unreadable) {
                return Optional.empty();
            }
        }
    }
}
