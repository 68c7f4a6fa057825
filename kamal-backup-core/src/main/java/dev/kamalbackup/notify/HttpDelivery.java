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

/** Posts by HTTP or HTTPS. With the JDK's oldest client: its newer one would cost the image a module and the heap a pool. */
public final class HttpDelivery implements Delivery {
    private final Duration patience;

    /** Waits so long for a connection, and as long again for the answer. */
    public HttpDelivery(Duration patience) {
        this.patience = patience;
    }

    @Override
    public Optional<String> send(Secret address, byte[] json, Cancellation cancellation) {
        HttpURLConnection connection = null;
        try {
            connection =
                    (HttpURLConnection) URI.create(address.reveal()).toURL().openConnection();
            HttpURLConnection opened = connection;
            try (Cancellation.Registration stop = cancellation.onCancel(opened::disconnect)) {
                int status = post(opened, json);
                // A redirection, too: what was posted is not posted again behind it.
                return status / 100 == 2 ? Optional.empty() : Optional.of("it answered with status " + status);
            }
        } catch (SocketTimeoutException silent) {
            return Optional.of("it did not answer within " + patience.toSeconds() + " s");
        } catch (IOException failed) {
            // The message of an unknown host is its name alone.
            return Optional.of(failed.getClass().getSimpleName() + ": " + failed.getMessage());
        } finally {
            if (connection != null) {
                connection.disconnect();
            }
        }
    }

    private int post(HttpURLConnection connection, byte[] json) throws IOException {
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
}
