package dev.kamalbackup.cli;

import dev.kamalbackup.checkout.AccessoryCheck;
import dev.kamalbackup.diagnosis.Finding;
import dev.kamalbackup.report.Reports;
import dev.kamalbackup.settings.Explanation;
import dev.kamalbackup.settings.SettingsReader;
import dev.kamalbackup.spi.Adapters;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks the configuration. */
@Command(
        name = "validate",
        description = "Check the configuration, and tell every mistake with its line.",
        footer = {
            "",
            "In an app's checkout, where config/deploy.yml is, the configuration is checked as",
            "the accessory will find it; nothing is asked of the servers. With -c or -d Kamal",
            "tells what it would deploy. --deep connects.",
            "Exit code 2 for mistakes, 1 if --deep finds something that does not work."
        })
final class ValidateCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Option(
            names = "--deep",
            description = "Also open the repository, connect to each database, look at folders and paths.")
    private boolean deep;

    @Option(names = "--explain", description = "Show every setting, its value, and where that comes from.")
    private boolean explain;

    ValidateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Surroundings surroundings = session.surroundings();
        if (explain) {
            explain(SettingsReader.explain(surroundings.workingFolder(), surroundings.environment()));
            return 0;
        }
        AccessoryCheck accessory =
                new AccessoryCheck(surroundings.workingFolder(), surroundings.environment(), Adapters.discover());
        if (session.deployment().namesDeployment()) {
            if (deep) {
                throw new CommandLine.ParameterException(
                        spec.commandLine(), "--deep connects from this machine, so it does not go with -c and -d");
            }
            session.warn(accessory.warnings(Bridge.open(session).deployed()));
            return report(List.of());
        }
        if (accessory.applies() && !deep) {
            session.warn(accessory.warnings());
            return report(List.of());
        }
        try (Verbs verbs = session.open()) {
            return report(verbs.validate(deep));
        }
    }

    private int report(List<Finding> findings) {
        int exitCode = Findings.exitCode(findings);
        if (session.json()) {
            session.print(Reports.validation(session.warnings(), findings));
            return exitCode;
        }
        new Findings(session).print(findings);
        if (exitCode == 0) {
            session.print("ok");
        }
        return exitCode;
    }

    private void explain(List<Explanation> settings) {
        if (session.json()) {
            session.print(Reports.explanation(settings));
            return;
        }
        for (Explanation setting : settings) {
            String value = setting.value().isEmpty() ? "(not set)" : setting.value();
            String source = setting.source().isEmpty() ? "" : "  [" + setting.source() + "]";
            session.print(session.redact(setting.key() + ": " + value + source));
            session.print("    " + setting.help());
        }
    }
}
