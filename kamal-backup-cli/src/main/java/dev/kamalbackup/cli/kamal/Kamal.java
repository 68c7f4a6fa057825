package dev.kamalbackup.cli.kamal;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.ToolException;
import dev.kamalbackup.process.Cancellation;
import dev.kamalbackup.process.ChildEnvironment;
import dev.kamalbackup.process.ChildProcess;
import dev.kamalbackup.process.Command;
import dev.kamalbackup.process.CommandOutput;
import dev.kamalbackup.process.ProcessLauncher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Kamal in a checkout: the few of its commands that are needed. */
public final class Kamal {
    private static final Duration CONFIG = Duration.ofSeconds(60);
    /** A password manager may ask a person. */
    private static final Duration SECRETS = Duration.ofMinutes(5);

    private final Path checkout;
    private final Map<String, String> environment;
    private final KamalOptions options;
    private final ProcessLauncher launcher;
    private final Cancellation cancellation;
    private final KamalProgram program;

    /**
     * Finds it.
     *
     * @param environment all of it goes to Kamal, which fills in configuration and secrets from there
     * @throws ToolException if there is no Kamal
     */
    public Kamal(
            Path checkout,
            Map<String, String> environment,
            KamalOptions options,
            ProcessLauncher launcher,
            Cancellation cancellation) {
        this.checkout = checkout;
        this.environment = Map.copyOf(environment);
        this.options = options;
        this.launcher = launcher;
        this.cancellation = cancellation;
        this.program = KamalProgram.find(checkout, environment);
    }

    /** The deployment's configuration, as Kamal renders it. */
    public KamalConfiguration configuration() {
        List<String> line = line(List.of("config"), List.of("--version", "latest"));
        return KamalConfiguration.parse(printed("config", line, CONFIG));
    }

    /** The secrets, as Kamal resolves them. */
    public SecretsOutput secrets() {
        List<String> line = line(List.of("secrets", "print"), List.of());
        return SecretsOutput.parse(
                printed("secrets print", line, SECRETS), SecretNames.of(checkout, options.destination()));
    }

    /** Runs a command in the running accessory, and waits for it. */
    CommandOutput run(Accessory accessory, HostChoice host, Channel channel, List<String> argv, Duration timeout) {
        return launcher.run(command(exec(accessory, host, channel, argv)), timeout, cancellation);
    }

    /** Starts one. */
    ChildProcess start(
            Accessory accessory, HostChoice host, Channel channel, List<String> argv, Consumer<String> stderrLines) {
        return launcher.start(command(exec(accessory, host, channel, argv)), stderrLines);
    }

    Cancellation cancellation() {
        return cancellation;
    }

    /** A command of Kamal's for this accessory, as a person would type it. */
    public String shown(String verb, String accessory) {
        return Stream.concat(Stream.of(program.shown(), "accessory", verb, accessory), options.arguments().stream())
                .collect(Collectors.joining(" "));
    }

    private List<String> exec(Accessory accessory, HostChoice host, Channel channel, List<String> argv) {
        List<String> own = new ArrayList<>(host.arguments());
        own.addAll(channel.options());
        // One argument: Kamal would take the remote command's options for its own, and joins them with blanks anyway.
        own.addAll(List.of("--reuse", accessory.name(), "kamal-backup " + String.join(" ", argv)));
        return line(List.of("accessory", "exec"), own);
    }

    private List<String> line(List<String> verb, List<String> rest) {
        List<String> line = new ArrayList<>(verb);
        line.addAll(options.arguments());
        line.addAll(rest);
        return line;
    }

    private Command command(List<String> own) {
        ChildEnvironment all = ChildEnvironment.basics(environment);
        for (Map.Entry<String, String> variable : environment.entrySet()) {
            all = variable.getKey().startsWith("LC_") ? all : all.with(variable.getKey(), variable.getValue());
        }
        return new Command(program.program(), program.arguments(own), all);
    }

    private String printed(String verb, List<String> line, Duration timeout) {
        CommandOutput output = launcher.run(command(line), timeout, cancellation);
        if (!output.succeeded()) {
            // Kamal tells its errors on standard output; secrets print prints nothing there unless it succeeds.
            String said = Stream.of(output.stdout().strip(), output.stderr().strip())
                    .filter(text -> !text.isEmpty())
                    .collect(Collectors.joining("; "));
            throw new ToolException(new Fault(
                    "run kamal " + verb,
                    checkout.toString(),
                    said.isEmpty() ? "it ended with " + output.exitCode() : "it said: " + said,
                    "mend that, and try " + program.shown() + " " + verb + " yourself"));
        }
        return output.stdout();
    }
}
