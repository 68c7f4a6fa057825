package dev.kamalbackup.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.redact.Redactor;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Real programs, looked at from outside. */
class MotionIT {
    private static final Map<String, String> ENVIRONMENT = Map.of("PATH", "/usr/bin:/bin");

    @Test
    void whatSleepsIsStillAndWhatReadsMoves() throws Exception {
        try (ChildProcess sleeping = start("exec sleep 60");
                ChildProcess reading = start("while :; do head -c 100000 /dev/zero >/dev/null; done")) {
            assertThat(looks(sleeping.motion(), 5)).containsOnly(Motion.Answer.STILL);
            assertThat(looks(reading.motion(), 5)).contains(Motion.Answer.MOVED);
        }
    }

    @Test
    void sayingAgainAndAgainThatOneWaitsIsNoMotion() throws Exception {
        try (ChildProcess talking =
                start("exec perl -e '$|=1; while (1) { print \"x\" x 5000; select undef, undef, undef, 0.1 }'")) {
            Thread reader = new Thread(() -> drain(talking.stdout()));
            reader.setDaemon(true);
            reader.start();
            Thread.sleep(1_000);
            assertThat(looks(talking.motion(), 8)).containsOnly(Motion.Answer.STILL);
        }
    }

    @Test
    void anUploadMovesAsLongAsTheOtherSideTakesAByteNowAndThen() throws Exception {
        try (ServerSocket server = new ServerSocket()) {
            // So small that the other side tells soon that it took something.
            server.setReceiveBufferSize(4_096);
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try (ChildProcess sending =
                            start("exec head -c 100000000 /dev/zero >/dev/tcp/127.0.0.1/" + server.getLocalPort());
                    Socket taking = server.accept()) {
                Motion motion = sending.motion();
                List<Motion.Answer> answers = looks(motion, 4);
                for (int times = 0; times < 30 && answers.contains(Motion.Answer.MOVED); times++) {
                    answers = looks(motion, 4);
                }
                assertThat(answers).as("nobody takes anything").containsOnly(Motion.Answer.STILL);
                for (int times = 0; times < 8; times++) {
                    assertThat(taking.getInputStream().readNBytes(2_000)).hasSize(2_000);
                    Thread.sleep(200);
                }
                assertThat(motion.look()).isEqualTo(Motion.Answer.MOVED);
            }
        }
    }

    private static List<Motion.Answer> looks(Motion motion, int times) throws Exception {
        motion.look();
        List<Motion.Answer> answers = new java.util.ArrayList<>();
        for (int time = 0; time < times; time++) {
            Thread.sleep(400);
            answers.add(motion.look());
        }
        return answers;
    }

    private static ChildProcess start(String script) {
        return ExecLauncher.detect(Redactor.none(), ENVIRONMENT)
                .start(
                        new Command("/bin/bash", List.of("-c", script), ChildEnvironment.basics(ENVIRONMENT)),
                        line -> {});
    }

    private static void drain(InputStream output) {
        try (output) {
            output.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (java.io.IOException ended) {
            throw new java.io.UncheckedIOException(ended);
        }
    }
}
