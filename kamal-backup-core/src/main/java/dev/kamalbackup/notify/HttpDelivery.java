package dev.kamalbackup.notify;

import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.redact.Secret;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Posts by HTTP or HTTPS. With the JDK's oldest client: its newer one would cost the image a module and the heap a pool. */
public final class HttpDelivery implements Delivery {
    private final Duration patience;

    /** Waits so long for the answer and no longer, whatever it is that takes time. */
    public HttpDelivery(Duration patience) {
        this.patience = patience;
    }

    /**
     * Sends it on a thread of its own, which stays behind if nothing ends it: the name of a host may be looked up for as long
     * as the system likes, and a server may answer by one byte a minute.
     */
    @Override
    public Optional<String> send(Secret address, byte[] json, Cancellation cancellation) {
        HttpURLConnection connection;
        try {
            connection =
                    (HttpURLConnection) URI.create(address.reveal()).toURL().openConnection();
        } catch (IOException failed) {
            return Optional.of(told(failed));
        }
        CompletableFuture<Optional<String>> answer =
                CompletableFuture.supplyAsync(() -> post(connection, json), HttpDelivery::start);
        try (Cancellation.Registration stop =
                cancellation.onCancel(() -> answer.complete(Optional.of("interrupted")))) {
            return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            return Optional.of(silent());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            connection.disconnect();
        }
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "monitor");
        thread.setDaemon(true);
        thread.start();
    }

    private Optional<String> post(HttpURLConnection connection, byte[] json) {
        try {
            int status = status(connection, json);
            // A redirection, too: what was posted is not posted again behind it.
            return status / 100 == 2 ? Optional.empty() : Optional.of("it answered with status " + status);
        } catch (SocketTimeoutException late) {
            return Optional.of(silent());
        } catch (IOException failed) {
            return Optional.of(told(failed));
        } catch (RuntimeException refused) {
            // Its message may hold the address.
            return Optional.of(refused.getClass().getSimpleName());
        }
    }

    private int status(HttpURLConnection connection, byte[] json) throws IOException {
        int millis = Math.toIntExact(patience.toMillis());
        connection.setConnectTimeout(millis);
        connection.setReadTimeout(millis);
        connection.setInstanceFollowRedirects(false);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(json.length);
        connection.setRequestProperty("Content-Type", "application/json");
        connection.setRequestProperty("User-Agent", "kamal-backup");
        try (OutputStream body = connection.getOutputStream()) {
            body.write(json);
        }
        return connection.getResponseCode();
    }

    private String silent() {
        return "it did not answer within " + patience.toSeconds() + " s";
    }

    /** The message of an unknown host is its name alone. */
    private static String told(IOException failed) {
        return failed.getClass().getSimpleName() + ": " + failed.getMessage();
    }
}
