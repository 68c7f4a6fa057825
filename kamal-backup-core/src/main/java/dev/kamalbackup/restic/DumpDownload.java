package dev.kamalbackup.restic;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RepositoryException;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.DumpSample;
import dev.kamalbackup.process.Cancellation;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Puts a dump into a new file that only its owner may read. Restic writes it there by itself ({@code dump --target}, since
 * 0.17): through a pipe and this process a gigabyte takes a second more.
 */
record DumpDownload(ResticProgram program, String operation, Path into) {
    DumpFetch run(String snapshot, String path, Cancellation cancellation) {
        try {
            Files.createFile(into, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            List<String> arguments =
                    List.of("dump", "--json", program.retryLock(), "--target", into.toString(), snapshot, path);
            try (ResticProcess restic = program.start(operation, arguments, cancellation)) {
                restic.child().closeStdin();
                restic.awaitSuccess();
            }
            return fetched();
        } catch (RepositoryException failed) {
            // Restic names the file that it could not write.
            throw failed.fault().reason().contains(into.toString())
                    ? unwritable(failed.fault().reason(), failed)
                    : failed;
        } catch (IOException failed) {
            throw unwritable(String.valueOf(failed.getMessage()), failed);
        }
    }

    private DumpFetch fetched() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(into.toFile(), "r")) {
            long bytes = file.length();
            int edge = (int) Math.min(bytes, DumpSample.EDGE);
            byte[] head = new byte[edge];
            file.readFully(head);
            byte[] tail = new byte[edge];
            file.seek(bytes - edge);
            file.readFully(tail);
            return new DumpFetch(bytes, new DumpSample(head, tail, bytes));
        }
    }

    private RestoreException unwritable(String reason, Exception cause) {
        return new RestoreException(
                new Fault(operation, into.toString(), reason, "make room for the dump there; nothing was changed"),
                cause);
    }
}
