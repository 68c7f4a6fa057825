package dev.kamalbackup.drill;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.Inspection;
import dev.kamalbackup.process.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Compares the blobs that a database lists with the restored files. Active Storage's disk service keeps the blob
 * {@code abcdef} as {@code ab/cd/abcdef} (Rails, ActiveStorage::Service::DiskService).
 */
final class BlobVerification {
    /** Enough to notice what is wrong with more than a few of them, and read within a minute. */
    private static final long SAMPLE = 1_000;

    private static final int MOST_NAMED = 5;

    private final Inspector inspector;
    private final BlobFolders folders;
    private final boolean everyBlob;

    /**
     * Among the files below these folders.
     *
     * @param everyBlob whether the content of each is compared, not that of a sample
     */
    BlobVerification(Inspector inspector, List<Path> folders, boolean everyBlob) {
        this.inspector = inspector;
        this.folders = BlobFolders.below(folders);
        this.everyBlob = everyBlob;
    }

    /**
     * Compares them.
     *
     * @param expected how many blobs the database lists
     */
    BlobFindings verify(String database, Inspection inspection, long expected, Cancellation cancellation) {
        Tally tally = new Tally(everyBlob ? 1 : Math.max(1, expected / SAMPLE));
        inspector.blobs(inspection, tally::count, cancellation);
        return tally.findings(database);
    }

    /** What was found so far. */
    private final class Tally {
        private final long every;
        private final Map<String, long[]> byService = new TreeMap<>();
        private final List<String> wrong = new ArrayList<>();
        private final List<String> missing = new ArrayList<>();
        private final List<String> forgotten = new ArrayList<>();
        private long listed;
        private long hashed;
        private long wrongCount;
        private long forgottenCount;

        Tally(long every) {
            this.every = every;
        }

        void count(Blob blob) {
            long[] foundAndMissing = byService.computeIfAbsent(blob.service().orElse("-"), name -> new long[2]);
            Optional<Path> file = folders.find(blob.key());
            boolean sampled = listed++ % every == 0;
            if (file.isEmpty() && !blob.attached()) {
                // Its upload was given up, or it was removed while the backup was made: nobody will miss it.
                forgottenCount++;
                note(forgotten, blob.key());
                return;
            }
            if (file.isEmpty()) {
                foundAndMissing[1]++;
                note(missing, blob.key());
                return;
            }
            foundAndMissing[0]++;
            Optional<String> flaw = flaw(blob, file.get(), sampled);
            if (flaw.isPresent()) {
                wrongCount++;
                note(wrong, blob.key() + " " + flaw.get());
            }
        }

        private Optional<String> flaw(Blob blob, Path file, boolean sampled) {
            try {
                long size = Files.size(file);
                if (size != blob.bytes()) {
                    return Optional.of("has " + size + " bytes instead of " + blob.bytes());
                }
                if (sampled && blob.checksum().isPresent()) {
                    hashed++;
                    return md5(file).equals(blob.checksum().get())
                            ? Optional.empty()
                            : Optional.of("is not what its checksum says");
                }
                return Optional.empty();
            } catch (IOException unreadable) {
                throw new RestoreException(
                        new Fault(
                                "compare the blobs of Active Storage",
                                file.toString(),
                                "the restored file cannot be read: " + unreadable.getMessage(),
                                "see whether this user may read what it restored"),
                        unreadable);
            }
        }

        BlobFindings findings(String database) {
            List<String> flaws = new ArrayList<>();
            List<String> doubts = new ArrayList<>();
            long found = 0;
            for (Map.Entry<String, long[]> service : byService.entrySet()) {
                long there = service.getValue()[0];
                long gone = service.getValue()[1];
                found += there;
                if (there == 0 && gone > 0) {
                    doubts.add("none of the " + gone + " blobs of the service " + service.getKey()
                            + " is among the files: they may be kept elsewhere");
                } else if (gone > 0) {
                    flaws.add(gone + " of " + (there + gone) + " blobs of the service " + service.getKey()
                            + " are not among the files, such as " + String.join(", ", missing));
                }
            }
            if (wrongCount > 0) {
                flaws.add(wrongCount + " blobs are damaged: " + String.join("; ", wrong));
            }
            List<String> notes = new ArrayList<>();
            if (hashed < found - wrongCount) {
                notes.add("the content of " + hashed + " of " + found + " blobs was compared, a sample");
            }
            if (forgottenCount > 0) {
                notes.add(forgottenCount + " blobs that nothing refers to are not among the files, such as "
                        + String.join(", ", forgotten));
            }
            return new BlobFindings(database, listed, found - wrongCount, hashed, flaws, doubts, notes);
        }

        private static void note(List<String> names, String name) {
            if (names.size() < MOST_NAMED) {
                names.add(name);
            }
        }
    }

    /** As Active Storage writes it: MD5 in base64. */
    private static String md5(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("MD5");
            byte[] chunk = new byte[64 * 1024];
            for (int read = bytes.read(chunk); read >= 0; read = bytes.read(chunk)) {
                digest.update(chunk, 0, read);
            }
            return Base64.getEncoder().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has MD5", impossible);
        }
    }
}
