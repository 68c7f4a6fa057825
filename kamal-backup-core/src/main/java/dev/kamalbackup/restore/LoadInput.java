package dev.kamalbackup.restore;

import dev.kamalbackup.restic.DumpReading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Where the first program of a chain reads from. */
interface LoadInput extends AutoCloseable {
    /** Reads the next bytes into the chunk; -1 at their end. */
    int read(byte[] chunk) throws IOException;

    /**
     * Called at the end of the bytes.
     *
     * @throws dev.kamalbackup.error.KamalBackupException if they were not all
     */
    void requireWhole();

    @Override
    void close();

    /** A file, which was proved before. */
    static LoadInput of(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        return new LoadInput() {
            @Override
            public int read(byte[] chunk) throws IOException {
                return bytes.read(chunk);
            }

            @Override
            public void requireWhole() {}

            @Override
            public void close() {
                try {
                    bytes.close();
                } catch (IOException failed) {
                    throw new java.io.UncheckedIOException("cannot close " + file, failed);
                }
            }
        };
    }

    /** A dump as it comes out of the repository; what is wrong with it the proof tells by throwing. */
    static LoadInput of(DumpReading reading, Consumer<dev.kamalbackup.restic.DumpFetch> proof) {
        return new LoadInput() {
            @Override
            public int read(byte[] chunk) throws IOException {
                return reading.read(chunk);
            }

            @Override
            public void requireWhole() {
                proof.accept(reading.whole());
            }

            @Override
            public void close() {
                reading.close();
            }
        };
    }
}
