package dev.kamalbackup.run;

import dev.kamalbackup.plan.DumpPlan;
import dev.kamalbackup.plan.TableRows;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ProcessLauncher;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Carries out a dump as a backup does, with a file in the place of the repository, and counts the rows meanwhile. */
public final class CountedDump {
    private CountedDump() {}

    /** Dumps into the file; the scratch folder is made first. Counts that are missing are a failure. */
    public static TableRows dump(DumpPlan plan, ProcessLauncher launcher, Path scratch, Path into) throws IOException {
        Files.createDirectories(scratch);
        Cancellation cancellation = new Cancellation();
        plan.prepare()
                .forEach(step -> new StepRunner(launcher)
                        .run(step, cancellation)
                        .ifPresent(flaw -> {
                            throw new AssertionError(step.name() + ": " + flaw);
                        }));
        try (RowCounting rows = new RowCounting(plan.rows(), launcher, cancellation)) {
            try (DumpStream stream = rows.open(plan.source());
                    OutputStream out = Files.newOutputStream(into)) {
                stream.bytes().transferTo(out);
                stream.flaw().ifPresent(flaw -> {
                    throw new AssertionError(flaw);
                });
            }
            RowCounting.Result result = rows.result();
            return result.rows().orElseThrow(() -> new AssertionError(result.warnings()));
        }
    }
}
