package dev.kamalbackup.restic;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.plan.DumpMeter;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ChildProcess;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.ProcessLauncher;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.Set;

/** Runs {@code restic dump} into a file. Its exit code decides whether the file is whole, never the file. */
final class DumpDownload {
    private DumpDownload() {}

    static void run(
            ProcessLauncher launcher,
            Command command,
            ResticProcess.Task task,
            DumpMeter meter,
            Path into,
            Cancellation cancellation) {
        cancellation.throwIfCancelled(task.operation(), task.repository());
        try (ChildProcess restic = launcher.start(command, line -> {});
                Cancellation.Registration stop = cancellation.onCancel(() -> restic.end(Duration.ofSeconds(3)))) {
            restic.closeStdin();
            copy(restic.stdout(), meter, into, task);
            OptionalInt exit = restic.await(task.openTimeout());
            cancellation.throwIfCancelled(task.operation(), task.repository());
            if (exit.orElse(1) != 0) {
                throw ResticFailure.of(task.operation(), task.repository(), exit.orElse(1), restic.stderr());
            }
        }
    }

    private static void copy(InputStream from, DumpMeter meter, Path into, ResticProcess.Task task) {
        byte[] chunk = new byte[64 * 1024];
        try (OutputStream file = Channels.newOutputStream(FileChannel.open(
                into,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))))) {
            for (int read = from.read(chunk); read >= 0; read = from.read(chunk)) {
                meter.accept(chunk, read);
                file.write(chunk, 0, read);
            }
        } catch (IOException failed) {
            throw new RestoreException(
                    new Fault(
                            task.operation(),
                            into.toString(),
                            String.valueOf(failed.getMessage()),
                            "make room for the dump there; nothing was changed"),
                    failed);
        }
    }
}
