package dev.kamalbackup.cli.kamal;

import dev.kamalbackup.error.Fault;
import dev.kamalbackup.error.ToolException;
import dev.kamalbackup.process.ToolPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How Kamal is started in a checkout.
 *
 * @param line the program, and what comes before Kamal's own arguments
 */
public record KamalProgram(List<String> line) {
    /** The variable that names the program. */
    public static final String VARIABLE = "KAMAL_BIN";

    public KamalProgram {
        line = List.copyOf(line);
    }

    /**
     * What {@code KAMAL_BIN} names, else {@code bin/kamal}, else the one of the Gemfile, else the one on the PATH.
     *
     * @throws ToolException if there is none
     */
    public static KamalProgram find(Path checkout, Map<String, String> environment) {
        ToolPath tools = new ToolPath(environment);
        String named = environment.getOrDefault(VARIABLE, "").strip();
        if (!named.isEmpty()) {
            String program = named.contains("/") ? checkout.resolve(named).toString() : named;
            return new KamalProgram(List.of(tools.find(program)
                    .orElseThrow(() -> missing(named, "there is no such program", "correct or unset " + VARIABLE))
                    .toString()));
        }
        Path own = checkout.resolve("bin/kamal");
        if (Files.isRegularFile(own) && Files.isExecutable(own)) {
            return new KamalProgram(List.of(own.toString()));
        }
        if (Files.exists(checkout.resolve("Gemfile")) && tools.find("bundle").isPresent()) {
            return new KamalProgram(List.of("bundle", "exec", "kamal"));
        }
        if (tools.find("kamal").isPresent()) {
            return new KamalProgram(List.of("kamal"));
        }
        throw missing(
                "kamal",
                "there is no bin/kamal in " + checkout + ", no bundle for its Gemfile, and no kamal on the PATH",
                "install it (gem install kamal, or bundle install and bundle binstubs kamal), or say where it is with "
                        + VARIABLE + "=/path/to/kamal");
    }

    /** The program. */
    String program() {
        return line.get(0);
    }

    /** The arguments, with Kamal's own behind. */
    List<String> arguments(List<String> own) {
        return Stream.concat(line.stream().skip(1), own.stream()).toList();
    }

    /** As a person would type it. */
    public String shown() {
        return line.get(0).endsWith("/bin/kamal") && line.size() == 1 ? "kamal" : String.join(" ", line);
    }

    private static ToolException missing(String subject, String reason, String hint) {
        return new ToolException(new Fault("find Kamal", subject, reason, hint));
    }
}
