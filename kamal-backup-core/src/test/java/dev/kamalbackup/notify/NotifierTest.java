package dev.kamalbackup.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kamalbackup.config.NotifySettings;
import dev.kamalbackup.error.CancelledException;
import dev.kamalbackup.error.Fault;
import dev.kamalbackup.event.BackupListener;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.redact.Redactor;
import dev.kamalbackup.redact.Secret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How often a monitor is tried, and what is said when it cannot be reached. */
final class NotifierTest {
    private static final Secret SUCCESS = new Secret("https://monitor.example.com/ping/7f3a91c2");
    private static final Secret FAILURE = new Secret("https://monitor.example.com/ping/7f3a91c2/fail");

    private final ObjectNode document = JsonNodeFactory.instance.objectNode().put("kind", "backup_result");
    private final Cancellation cancellation = new Cancellation();
    private final Deque<Optional<String>> answers = new ArrayDeque<>();
    private final List<String> sent = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final BackupListener listener = new BackupListener() {
        @Override
        public void warning(String message) {
            warnings.add(message);
        }
    };
    private final Notifier notifier = notifier(new NotifySettings(Optional.of(SUCCESS), Optional.of(FAILURE)));

    @Test
    void eachOutcomeGoesToItsOwnAddress() {
        answers.add(Optional.empty());
        answers.add(Optional.empty());

        notifier.succeeded(document, cancellation);
        notifier.failed(document, cancellation);

        assertThat(sent)
                .containsExactly(
                        SUCCESS.reveal() + " {\"kind\":\"backup_result\"}",
                        FAILURE.reveal() + " {\"kind\":\"backup_result\"}");
        assertThat(warnings).isEmpty();
    }

    @Test
    void itIsTriedThriceWithLongerAndLongerPauses() {
        answers.add(Optional.of("it answered with status 502"));
        answers.add(Optional.of("it answered with status 502"));
        answers.add(Optional.empty());

        notifier.succeeded(document, cancellation);

        assertThat(sent).hasSize(3);
        assertThat(pauses).containsExactly(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(4));
        assertThat(warnings).isEmpty();
    }

    @Test
    void aMonitorThatIsGoneIsAWarningWithoutItsSecretAddress() {
        answers.addAll(List.of(
                Optional.of("it answered with status 502"),
                Optional.of("it answered with status 502"),
                Optional.of("UnknownHostException: " + FAILURE.reveal())));

        notifier.failed(document, cancellation);

        assertThat(warnings)
                .containsExactly("tell monitor.example.com of the failure: UnknownHostException: [REDACTED]; see"
                        + " notify.failure");
    }

    @Test
    void whoIsInterruptedTriesNoMore() {
        cancellation.cancel("SIGTERM received");

        notifier.succeeded(document, cancellation);

        assertThat(sent).isEmpty();
        assertThat(warnings)
                .containsExactly("tell monitor.example.com of the success: interrupted; see notify.success");
    }

    @Test
    void aThreadThatIsInterruptedHasDoneItsWorkAllTheSame() {
        Notifier interrupted = new Notifier(
                new NotifySettings(Optional.of(SUCCESS), Optional.empty()),
                (address, json, stop) -> Optional.empty(),
                (time, stop) -> {
                    throw new CancelledException(new Fault("wait", "", "interrupted", ""));
                },
                Redactor.knowing(List.of(SUCCESS), Map.of()),
                listener);

        interrupted.succeeded(document, cancellation);

        assertThat(warnings)
                .containsExactly("tell monitor.example.com of the success: interrupted; see notify.success");
    }

    @Test
    void whereNobodyIsToBeToldNobodyIs() {
        Notifier silent = notifier(NotifySettings.nobody());

        silent.succeeded(document, cancellation);
        silent.failed(document, cancellation);

        assertThat(sent).isEmpty();
        assertThat(warnings).isEmpty();
    }

    private Notifier notifier(NotifySettings settings) {
        return new Notifier(
                settings,
                (address, json, stop) -> {
                    sent.add(address.reveal() + " " + new String(json, StandardCharsets.UTF_8));
                    return answers.remove();
                },
                (time, stop) -> pauses.add(time),
                Redactor.knowing(settings.secrets(), Map.of()),
                listener);
    }
}
