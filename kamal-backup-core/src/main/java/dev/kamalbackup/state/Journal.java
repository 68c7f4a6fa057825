package dev.kamalbackup.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.kamalbackup.tag.RunId;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is under way, on disk before it changes anything and gone after its last record. What is found at a start died.
 * It has two places: one for a run, whose snapshots the next backup clears up, and one for a restore, a drill, a check or
 * a retention, of which only the record is missing. A restore that backs up what it replaces takes both, and a check does
 * not push out the run that died before it. Callers hold the run lock.
 */
public final class Journal {
    private final Path file;
    private @Nullable Entry current;

    Journal(Path file) {
        this.file = file;
    }

    /**
     * What was written of a run.
     *
     * @param kind what the history calls it: {@code backup} or {@code safety_backup}
     * @param run its id
     * @param app its app
     * @param startedAt when it started
     * @param planned how many snapshots it was to make
     * @param saved the ids of the snapshots it had proven when it last wrote
     */
    public record Entry(String kind, RunId run, String app, Instant startedAt, int planned, List<String> saved) {
        public Entry {
            saved = List.copyOf(saved);
        }

        /** Whether every snapshot of the run was proven, so that only its record was lost. */
        public boolean isWhole() {
            return saved.size() == planned;
        }

        /** This entry with one more proven snapshot. */
        Entry withSaved(String snapshot) {
            List<String> more = new ArrayList<>(saved);
            more.add(snapshot);
            return new Entry(kind, run, app, startedAt, planned, more);
        }
    }

    /**
     * What else is under way.
     *
     * @param kind what the history calls it: {@code restore}, {@code drill}, {@code check}, {@code prune}, or {@code
     *     backup} until it has planned its run
     * @param startedAt when it started
     * @param about what its record says about it besides
     */
    public record Work(String kind, Instant startedAt, Map<String, String> about) {
        public Work {
            about = Map.copyOf(about);
        }
    }

    /** Notes that this run begins; a backup that prepared for it has become it. */
    public void begin(Entry entry) {
        current = entry;
        Contents before = read();
        write(new Contents(
                Optional.of(entry), before.work().filter(work -> !work.kind().equals(entry.kind()))));
    }

    /** Notes that the run has one more proven snapshot. */
    public void addSaved(String snapshot) {
        Entry known = current;
        if (known == null) {
            throw new IllegalStateException("no run has begun");
        }
        begin(known.withSaved(snapshot));
    }

    /** Notes that this begins, or what more is known about it. */
    public void begin(Work work) {
        write(new Contents(read().run(), Optional.of(work)));
    }

    /** What a run that died left behind; empty if none did. */
    public Optional<Entry> unfinished() {
        return read().run();
    }

    /** What died besides runs; empty if nothing did. */
    public Optional<Work> unfinishedWork() {
        return read().work();
    }

    /**
     * Puts a journal out of the way that cannot be made out, since it would keep every later run from being made. What its
     * run left in the repository lacks parts, and so is seen to be incomplete.
     *
     * @return where it is now; empty if there was none
     */
    public Optional<Path> setAsideIfDamaged() {
        Path aside = file.resolveSibling(file.getFileName() + ".damaged");
        try {
            if (!Files.exists(file) || isReadable()) {
                return Optional.empty();
            }
            Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw StateFolder.failed("put a damaged journal out of the way", file, failed);
        }
        return Optional.of(aside);
    }

    private boolean isReadable() throws IOException {
        try {
            return !JournalText.parse(Files.readString(file)).isEmpty();
        } catch (JsonProcessingException | CharacterCodingException | DateTimeException damaged) {
            return false;
        }
    }

    /** The run is over and recorded. */
    public void clear() {
        write(new Contents(Optional.empty(), read().work()));
    }

    /** What else was under way is over and recorded. */
    public void endWork() {
        write(new Contents(read().run(), Optional.empty()));
    }

    private Contents read() {
        try {
            return Files.exists(file) ? JournalText.parse(Files.readString(file)) : Contents.NOTHING;
        } catch (JsonProcessingException | CharacterCodingException | DateTimeException damaged) {
            throw StateFolder.failed(
                    "read the journal of an unfinished run", file, new IOException("it is damaged", damaged));
        } catch (IOException failed) {
            throw StateFolder.failed("read the journal of an unfinished run", file, failed);
        }
    }

    private void write(Contents contents) {
        try {
            if (contents.isEmpty()) {
                AtomicFile.delete(file);
            } else {
                AtomicFile.write(file, JournalText.print(contents) + "\n");
            }
        } catch (IOException failed) {
            throw StateFolder.failed("write the journal of the run", file, failed);
        }
    }

    /** Both places. */
    record Contents(Optional<Entry> run, Optional<Work> work) {
        static final Contents NOTHING = new Contents(Optional.empty(), Optional.empty());

        boolean isEmpty() {
            return run.isEmpty() && work.isEmpty();
        }
    }
}
