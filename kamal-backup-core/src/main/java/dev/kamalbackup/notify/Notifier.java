package dev.kamalbackup.notify;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kamalbackup.config.NotifySettings;
import dev.kamalbackup.error.CancelledException;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.redact.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Tells whoever is configured how a piece of work went. A monitor that cannot be reached is a warning and changes nothing:
 * the work is done and recorded by then.
 */
public final class Notifier {
    /** Before each attempt. A restart of the monitor is shorter than their sum; one that is gone must not hold us up. */
    private static final List<Duration> PAUSES = List.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(4));

    private final NotifySettings settings;
    private final Delivery delivery;
    private final BiConsumer<Duration, Cancellation> pause;
    private final Redactor redactor;
    private final BackupListener listener;

    /** Lets time pass between attempts by the pause, which returns at once when it is cancelled. */
    public Notifier(
            NotifySettings settings,
            Delivery delivery,
            BiConsumer<Duration, Cancellation> pause,
            Redactor redactor,
            BackupListener listener) {
        this.settings = settings;
        this.delivery = delivery;
        this.pause = pause;
        this.redactor = redactor;
        this.listener = listener;
    }

    /** Tells of a success, with this document, in which nothing is secret. */
    public void succeeded(JsonNode document, Cancellation cancellation) {
        tell("success", settings.success(), document, cancellation);
    }

    /** Tells of a failure, with this document, in which nothing is secret. */
    public void failed(JsonNode document, Cancellation cancellation) {
        tell("failure", settings.failure(), document, cancellation);
    }

    private void tell(String of, Optional<Secret> address, JsonNode document, Cancellation cancellation) {
        address.ifPresent(monitor -> {
            byte[] json = document.toString().getBytes(StandardCharsets.UTF_8);
            Optional<String> flaw = deliver(monitor, json, cancellation);
            flaw.ifPresent(reason -> listener.warning(redactor.redact(
                    "tell " + NotifySettings.host(monitor) + " of the " + of + ": " + reason + "; see notify." + of)));
        });
    }

    private Optional<String> deliver(Secret monitor, byte[] json, Cancellation cancellation) {
        Optional<String> flaw = Optional.empty();
        for (Duration before : PAUSES) {
            if (!passed(before, cancellation)) {
                return flaw.or(() -> Optional.of("interrupted"));
            }
            flaw = delivery.send(monitor, json, cancellation);
            if (flaw.isEmpty()) {
                break;
            }
        }
        return flaw;
    }

    /** Whether the pause was not cut short: an interrupted thread has done its work, and is told of that and no more. */
    private boolean passed(Duration time, Cancellation cancellation) {
        try {
            pause.accept(time, cancellation);
            return !cancellation.isCancelled();
        } catch (CancelledException interrupted) {
            return false;
        }
    }
}
