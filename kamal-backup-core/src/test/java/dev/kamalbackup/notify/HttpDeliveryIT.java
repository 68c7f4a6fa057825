package dev.kamalbackup.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.testing.Monitor;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a server on loopback that answers, refuses, redirects, or does not answer. */
final class HttpDeliveryIT {
    private static final byte[] JSON = "{\"kind\":\"backup_result\"}".getBytes(StandardCharsets.UTF_8);

    private final Cancellation cancellation = new Cancellation();
    private final HttpDelivery delivery = new HttpDelivery(Duration.ofSeconds(1));

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204})
    void whatIsTakenIsPostedOnce(int status) throws IOException {
        try (Monitor monitor = Monitor.answering(status)) {
            assertThat(send(monitor.address("/ping/1?rid=2"))).isEmpty();
            assertThat(monitor.told()).singleElement().satisfies(told -> {
                assertThat(told.path()).isEqualTo("/ping/1?rid=2");
                assertThat(told.document().path("kind").asText()).isEqualTo("backup_result");
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 307, 404, 500})
    void anyOtherAnswerIsToldAndNoRedirectionFollowed(int status) throws IOException {
        try (Monitor monitor = Monitor.answering(status)) {
            assertThat(send(monitor.address("/ping"))).contains("it answered with status " + status);
            assertThat(monitor.told()).hasSize(1);
        }
    }

    @Test
    void whoDoesNotAnswerIsWaitedForNoLongerThanIsSaid() throws IOException {
        try (Monitor monitor = Monitor.silent()) {
            assertThat(send(monitor.address("/ping"))).contains("it did not answer within 1 s");
        }
    }

    @Test
    void whoAnswersByOneByteAMomentIsWaitedForNoLongerEither() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread trickle = new Thread(() -> trickle(server));
            trickle.setDaemon(true);
            trickle.start();

            assertThat(send("http://127.0.0.1:" + server.getLocalPort() + "/ping"))
                    .contains("it did not answer within 1 s");
        }
    }

    /** No read of the client's waits for as long as its limit for one read. */
    private static void trickle(ServerSocket server) {
        try (Socket client = server.accept()) {
            OutputStream answer = client.getOutputStream();
            for (byte header : "HTTP/1.1 200 OK\r\nX-Slow: and never at its end".getBytes(StandardCharsets.US_ASCII)) {
                answer.write(header);
                answer.flush();
                Thread.sleep(500);
            }
        } catch (IOException gone) {
            assertThat(gone).isNotNull();
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whoIsInterruptedWaitsNoLonger() throws IOException {
        HttpDelivery patient = new HttpDelivery(Duration.ofMinutes(5));
        try (Monitor monitor = Monitor.silent()) {
            Thread interrupter = new Thread(() -> {
                while (monitor.told().isEmpty()) {
                    Thread.onSpinWait();
                }
                cancellation.cancel("SIGTERM received");
            });
            interrupter.start();
            // Without the interruption the build would stop here.
            assertThat(patient.send(new Secret(monitor.address("/ping")), JSON, cancellation))
                    .isPresent();
        }
    }

    @Test
    void aServerThatIsNotThereIsNamedByTheErrorAlone() throws IOException {
        Monitor gone = Monitor.answering(200);
        gone.close();

        assertThat(send(gone.address("/ping/secret")))
                .hasValueSatisfying(flaw ->
                        assertThat(flaw).startsWith("ConnectException: ").doesNotContain("secret"));
    }

    private Optional<String> send(String address) {
        return delivery.send(new Secret(address), JSON, cancellation);
    }
}
