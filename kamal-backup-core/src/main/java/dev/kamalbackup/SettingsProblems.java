package dev.kamalbackup;

import dev.kamalbackup.config.DatabaseSettings;
import dev.kamalbackup.config.NotifySettings;
import dev.kamalbackup.config.Settings;
import dev.kamalbackup.error.Problem;
import dev.kamalbackup.redact.Secret;
import dev.kamalbackup.spi.Adapters;
import dev.kamalbackup.tag.Names;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is wrong with settings, wherever they come from. */
final class SettingsProblems {
    private SettingsProblems() {}

    static List<Problem> of(Settings settings, Adapters known) {
        List<Problem> problems = new ArrayList<>();
        Names.flaw(settings.app()).ifPresent(flaw -> problems.add(new Problem("", "app", flaw)));
        Set<String> names = new HashSet<>();
        for (int i = 0; i < settings.databases().size(); i++) {
            DatabaseSettings database = settings.databases().get(i);
            String key = "databases[" + (i + 1) + "].";
            Names.flaw(database.name()).ifPresent(flaw -> problems.add(new Problem("", key + "name", flaw)));
            if (!names.add(Names.sanitize(database.name()))) {
                problems.add(new Problem("", key + "name", "another database has the name " + database.name()));
            }
            known.find(database.adapter())
                    .ifPresentOrElse(
                            adapter -> adapter.check(database)
                                    .forEach(problem -> problems.add(
                                            new Problem(problem.place(), key + problem.key(), problem.message()))),
                            () -> problems.add(new Problem("", key + "adapter", known.unknown(database.adapter()))));
        }
        notifying("notify.success", settings.monitors().success()).ifPresent(problems::add);
        notifying("notify.failure", settings.monitors().failure()).ifPresent(problems::add);
        return problems;
    }

    private static Optional<Problem> notifying(String key, Optional<Secret> address) {
        return address.filter(secret -> !NotifySettings.isAddress(secret.reveal()))
                .map(wrong -> new Problem("", key, NotifySettings.EXPECTED));
    }
}
