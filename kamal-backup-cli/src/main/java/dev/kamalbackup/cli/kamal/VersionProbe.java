package dev.kamalbackup.cli.kamal;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.ToolException;
import dev.kamalbackup.process.CommandOutput;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks the accessory for its version, which shows at once whether it can be reached, and how. */
final class VersionProbe {
    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+([-.][A-Za-z0-9]+)*");

    private final Kamal kamal;
    private final Accessory accessory;
    private final HostChoice host;

    VersionProbe(Kamal kamal, Accessory accessory, HostChoice host) {
        this.kamal = kamal;
        this.accessory = accessory;
        this.host = host;
    }

    RemoteVersion run(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        KamalLines said = new KamalLines();
        // Kamal's interactive way always goes to the first host.
        List<Channel> channels = host.first() ? List.of(Channel.values()) : List.of(Channel.CAPTURED);
        for (Channel channel : channels) {
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (left.isNegative() || left.isZero()) {
                break;
            }
            Optional<RemoteVersion> answer = ask(channel, left, timeout, said);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        throw unreachable(said.text().isEmpty() ? "it did not tell its version" : "Kamal said: " + said.text(), null);
    }

    private Optional<RemoteVersion> ask(Channel channel, Duration left, Duration timeout, KamalLines said) {
        CommandOutput output;
        try {
            output = kamal.run(accessory, host, channel, List.of("version"), left);
        } catch (ToolException failed) {
            throw unreachable(
                    failed.fault().operation().startsWith("run")
                            ? "no answer within " + timeout.toSeconds() + " s"
                            : failed.fault().reason(),
                    failed);
        }
        Stream.concat(output.stdout().lines(), output.stderr().lines())
                .filter(line -> !VERSION.matcher(line.strip()).matches())
                .forEach(said::add);
        return output.stdout()
                .lines()
                .map(String::strip)
                .filter(line -> VERSION.matcher(line).matches())
                .reduce((earlier, later) -> later)
                .map(version -> new RemoteVersion(version, channel));
    }

    private ToolException unreachable(String reason, @Nullable Throwable cause) {
        return new ToolException(
                new Fault(
                        "reach the accessory",
                        accessory.name() + " on " + host.host(),
                        reason,
                        kamal.shown("details", accessory.name()) + " tells whether it runs; "
                                + kamal.shown("boot", accessory.name()) + " starts it"),
                cause);
    }
}
