package dev.kamalbackup.restore;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.RestoreException;
import dev.kamalbackup.spi.ProductionName;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Keeps {@code restore local} away from anything that looks like production. */
final class LocalGuard {
    private static final List<String> ENVIRONMENTS = List.of("RAILS_ENV", "RACK_ENV", "APP_ENV", "KAMAL_ENVIRONMENT");
    private static final Pattern PRODUCTION_ENVIRONMENT = Pattern.compile("(?i)production|prod|live");

    private LocalGuard() {}

    /** Any of the variables counts: one that says development does not outweigh another that says production. */
    static void checkEnvironment(Map<String, String> environment) {
        for (String name : ENVIRONMENTS) {
            String value = environment.getOrDefault(name, "").strip();
            if (PRODUCTION_ENVIRONMENT.matcher(value).matches()) {
                throw refusal(name + "=" + value, "this machine says it is production");
            }
        }
    }

    static void checkTarget(String location) {
        if (ProductionName.matches(location)) {
            throw refusal(location, "the target looks like production");
        }
    }

    private static RestoreException refusal(String subject, String reason) {
        return new RestoreException(new Fault(
                "restore onto this machine",
                subject,
                reason + "; nothing was changed",
                "restore local is for development machines: configure a local target, or unset the variable if it is"
                        + " wrong"));
    }
}
