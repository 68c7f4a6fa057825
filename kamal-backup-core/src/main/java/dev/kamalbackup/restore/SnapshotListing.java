package dev.kamalbackup.restore;

import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.restic.Node;
import dev.kamalbackup.restic.Restic;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a snapshot holds at and below one path: read entry by entry, remembered as a sum, compared with a folder. */
final class SnapshotListing {
    private final Restic restic;
    private final RestoreTask.FilesTarget task;
    private final Tally tally = new Tally();
    private @Nullable EntryKind top;

    private SnapshotListing(Restic restic, RestoreTask.FilesTarget task) {
        this.restic = restic;
        this.task = task;
    }

    /** Reads it; what is passed over, relative to the path, is not counted. */
    static SnapshotListing read(
            Restic restic, RestoreTask.FilesTarget task, Predicate<String> passedOver, Cancellation cancellation) {
        SnapshotListing listing = new SnapshotListing(restic, task);
        listing.entries(
                (path, node) -> {
                    EntryKind kind = EntryKind.of(node);
                    if (path.isEmpty()) {
                        listing.top = kind;
                    }
                    if (!passedOver.test(path)) {
                        listing.tally.add(path, kind, node.size());
                    }
                },
                cancellation);
        listing.tally.sealed();
        return listing;
    }

    /** What the path itself is; empty if the snapshot does not hold it. */
    Optional<EntryKind> top() {
        return Optional.ofNullable(top);
    }

    Tally tally() {
        return tally;
    }

    /** How this tree differs from the listing; empty if it does not. What is passed over there is not looked at. */
    Optional<String> difference(Path tree, BiPredicate<Path, EntryKind> passedOver, Cancellation cancellation)
            throws IOException {
        Tally found = new Tally();
        Files.walkFileTree(tree, new Counter(tree, passedOver, found));
        if (found.sameAs(tally)) {
            return Optional.empty();
        }
        // Only now is it worth another listing to say which file it is.
        FirstDifference first = new FirstDifference(tree);
        entries(first, cancellation);
        return Optional.of(first.reason.orElse(
                "restic restored " + found.entries() + " files and folders instead of " + tally.entries()));
    }

    private void entries(BiConsumer<String, Node> entries, Cancellation cancellation) {
        String source = task.source().toString();
        String below = source.endsWith("/") ? source : source + "/";
        restic.list(
                task.snapshot().id(),
                source,
                node -> {
                    if (node.path().equals(source)) {
                        entries.accept("", node);
                    } else if (node.path().startsWith(below)) {
                        entries.accept(node.path().substring(below.length()), node);
                    }
                },
                cancellation);
    }

    private static final class Counter extends SimpleFileVisitor<Path> {
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

    private static final class FirstDifference implements BiConsumer<String, Node> {
        private final Path tree;
        private Optional<String> reason = Optional.empty();

        FirstDifference(Path tree) {
            this.tree = tree;
        }

        @Override
        public void accept(String path, Node node) {
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
