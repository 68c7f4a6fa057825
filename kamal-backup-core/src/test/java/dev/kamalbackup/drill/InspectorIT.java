package dev.kamalbackup.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kamalbackup.error.CancelledException;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.error.ToolException;
import dev.kamalbackup.plan.Inspection;
import dev.kamalbackup.plan.TableRows;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.ExecLauncher;
import dev.kamalbackup.redact.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of real programs, good and bad. */
class InspectorIT {
    private final Inspector inspector = new Inspector(ExecLauncher.detect(Redactor.none(), System.getenv()));
    private final Cancellation cancellation = new Cancellation();

    @Test
    void rowsAndForeignKeysAreTakenFromAllCommands() {
        List<Command> commands = List.of(script("echo '3 61'; echo '0 62'"), script("echo '9 c3bc'"));

        assertThat(inspector.rows(inspection(commands), true, cancellation))
                .isEqualTo(TableRows.of(true, Map.of("a", 3L, "b", 0L, "ü", 9L)));
        assertThat(inspector.danglingRows(inspection(commands), cancellation))
                .containsExactlyInAnyOrderEntriesOf(Map.of("a", 3L, "b", 0L, "ü", 9L));
        assertThat(inspector.rows(inspection(List.of()), false, cancellation)).isEqualTo(TableRows.of(false, Map.of()));
    }

    @Test
    void blobsComeOneByOneWithWhatIsKnownOfThem() {
        List<Blob> blobs = new ArrayList<>();

        inspector.blobs(
                inspection(List.of(script("echo '12 6b6579 4d4435 6c6f63616c'; echo '0 6b - -'"))),
                blobs::add,
                cancellation);

        assertThat(blobs)
                .containsExactly(
                        new Blob("key", 12, Optional.of("MD5"), Optional.of("local"), true),
                        new Blob("k", 0, Optional.empty(), Optional.empty(), true));
    }

    @Test
    void aMillionBlobsAreNeverInMemoryTogether() {
        long[] count = {0};

        inspector.blobs(
                inspection(List.of(script("yes '12 6b6579 - -' | head -1000000"))), blob -> count[0]++, cancellation);

        assertThat(count[0]).isEqualTo(1_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"echo '3 users'", "echo 'ERROR'", "echo", "echo '3 61' ; echo 'it broke' >&2; exit 2"})
    void anAnswerThatIsNoneIsAFailureOfTheRestoreAndNamesTheDatabase(String script) {
        Inspection inspection = inspection(List.of(script(script)));

        assertThatThrownBy(() -> inspector.rows(inspection, true, cancellation)).satisfies(this::isTold);
        assertThatThrownBy(() -> inspector.danglingRows(inspection, cancellation))
                .satisfies(this::isTold);
        assertThatThrownBy(() -> inspector.blobs(inspection, blob -> {}, cancellation))
                .satisfies(this::isTold);
    }

    private void isTold(Throwable failure) {
        assertThat(failure).isInstanceOfSatisfying(RestoreException.class, told -> {
            assertThat(told.fault().subject()).isEqualTo("db:5432/drill");
            assertThat(told.fault().reason()).containsAnyOf("cannot be understood", "exit code 2: it broke");
            assertThat(told.hint()).isNotBlank();
        });
    }

    @Test
    void aMissingProgramAndAnInterruptionAreWhatTheyAre() {
        Inspection missing =
                inspection(List.of(new Command("no-such-program", List.of(), ChildEnvironment.basics(Map.of()))));
        assertThatThrownBy(() -> inspector.rows(missing, true, cancellation)).isInstanceOf(ToolException.class);

        Inspection endless = inspection(List.of(script("yes '1 61'")));
        Cancellation soon = new Cancellation();
        assertThatThrownBy(() -> inspector.blobs(
                        inspection(List.of(script("yes '12 6b6579 - -'"))), blob -> soon.cancel("enough"), soon))
                .isInstanceOf(CancelledException.class);
        assertThatThrownBy(() -> inspector.rows(endless, true, soon)).isInstanceOf(CancelledException.class);
        assertThat(ProcessHandle.current().descendants()).isEmpty();
    }

    private static Inspection inspection(List<Command> commands) {
        return new Inspection("db:5432/drill", commands, commands, commands);
    }

    private static Command script(String script) {
        return new Command("/bin/bash", List.of("-c", script), ChildEnvironment.basics(System.getenv()));
    }
}
