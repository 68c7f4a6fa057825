package dev.kamalbackup.restic;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Puts a dump into a new file that only its owner may read. */
final class DumpDownload {
    private static final int CHUNK = 64 * 1024;

    private DumpDownload() {}

    static DumpFetch run(DumpReading reading, String operation, Path into) {
        byte[] chunk = new byte[CHUNK];
        try (OutputStream file = Channels.newOutputStream(FileChannel.open(
                into,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))))) {
            for (int read = reading.read(chunk); read >= 0; read = reading.read(chunk)) {
                file.write(chunk, 0, read);
            }
        } catch (IOException failed) {
            throw new RestoreException(
                    new Fault(
                            operation,
                            into.toString(),
                            String.valueOf(failed.getMessage()),
                            "make room for the dump there; nothing was changed"),
                    failed);
        }
        return reading.whole();
    }
}
