package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.cli.kamal.RemoteCall;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The program in the accessory, called by the program on a laptop. */
class FarSideTest {
    private static final String TOKEN = "0123456789abcdef";

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final AtomicReference<PrintStream> standardError = new AtomicReference<>();
    private final CountDownLatch abandoned = new CountDownLatch(1);

    @Test
    void framedOutputAndTheExitCodeGoThroughStandardOutput() {
        int exitCode = run(
                new ByteArrayInputStream(new byte[0]),
                new RemoteCall(List.of("bak\nup"), Optional.of(new RemoteCall.Framing(TOKEN, false))).line());
        standardError.get().println("late");

        assertThat(exitCode).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .allMatch(line -> line.startsWith("kb1:" + TOKEN + ":"))
                .anyMatch(line -> line.equals("kb1:" + TOKEN + ":x:2"))
                .first()
                .isEqualTo("kb1:" + TOKEN + ":b:");
        assertThat(abandoned.getCount()).isEqualTo(1);
    }

    @Test
    void anEncodedCallIsTheCall() {
        run(InputStream.nullInputStream(), new RemoteCall(List.of("help", "nö such"), Optional.empty()).line());

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("unknown command \"nö such\"");
        assertThat(run(InputStream.nullInputStream(), List.of("remote-call", "%")))
                .isEqualTo(2);
    }

    @Test
    void whenTheCallerHasGoneTheWorkIsStopped() throws Exception {
        PipedOutputStream caller = new PipedOutputStream();

        run(new PipedInputStream(caller), List.of("version", "--framed=" + TOKEN + ",tied"));
        assertThat(abandoned.getCount()).isEqualTo(1);
        caller.close();

        assertThat(abandoned.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private int run(InputStream in, List<String> line) {
        Surroundings surroundings = new Surroundings(
                in,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                Path.of("/nowhere"),
                Clock.systemUTC(),
                false);
        return new FarSide(surroundings, new Signals(), session -> new CannedVerbs())
                .run(line, standardError::set, abandoned::countDown);
    }
}
