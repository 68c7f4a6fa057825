package dev.kamalbackup.testing;

import java.nio.file.Path;

/** Something mounted for a test, such as a small file system to fill; unmounted at the end. Mounting needs root. */
public final class Mounted implements AutoCloseable {
    private final Path folder;

    private Mounted(Path folder) {
        this.folder = folder;
    }

    /** An empty file system in memory. */
    public static Mounted tmpfs(Path folder, String options) throws Exception {
        run("mount", "-t", "tmpfs", "-o", options, "tmpfs", folder.toString());
        return new Mounted(folder);
    }

    /** Puts a file in the place of another. */
    public static Mounted bind(Path source, Path place) throws Exception {
        run("mount", "--bind", source.toString(), place.toString());
        return new Mounted(place);
    }

    /** From now on nobody may write. */
    public void makeReadOnly() throws Exception {
        run("mount", "-o", "remount,ro", folder.toString());
    }

    @Override
    public void close() throws Exception {
        run("umount", "--lazy", folder.toString());
    }

    private static void run(String... command) throws Exception {
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + " failed; this test needs root");
        }
    }
}
