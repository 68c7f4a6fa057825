package dev.kamalbackup.settings;

import dev.kamalbackup.config.NotifySettings;
import dev.kamalbackup.redact.Secret;
import java.util.Optional;

/** Reads who is told how backups went. */
final class NotifyReader {
    private final Values values;
    private final SecretReader secrets;
    private final Problems problems;

    NotifyReader(Values values, SecretReader secrets, Problems problems) {
        this.values = values;
        this.secrets = secrets;
        this.problems = problems;
    }

    NotifySettings read() {
        return new NotifySettings(address(Keys.NOTIFY_SUCCESS), address(Keys.NOTIFY_FAILURE));
    }

    private Optional<Secret> address(Key key) {
        return values.given(key).filter(entry -> !entry.isBlank()).flatMap(entry -> {
            Optional<String> address = secrets.readSecretAddress(entry);
            // The value is not shown: what is no address may be a secret in the wrong place.
            if (address.isPresent() && !NotifySettings.isAddress(address.get())) {
                problems.add(entry.place(), entry.label(), NotifySettings.EXPECTED);
                return Optional.empty();
            }
            return address.map(Secret::new);
        });
    }
}
