package dev.kamalbackup.restore;

import dev.kamalbackup.KamalBackup;
import dev.kamalbackup.testing.ScriptAdapter;
import java.nio.file.Path;
import java.util.List;

/** A program of its own that restores the newest run, to be killed meanwhile. */
final class KilledRestore {
    private KilledRestore() {}

    public static void main(String[] arguments) {
        try (KamalBackup backup = KamalBackup.builder(
                        RestoreLab.at(Path.of(arguments[0])).settings())
                .adapters(new ScriptAdapter())
                .build()) {
            RestoreRequest request = RestoreRequest.latest().only(PartChoice.of(List.of("files"), List.of()));
            backup.restore(request.withoutSafetyBackup());
        }
    }
}
