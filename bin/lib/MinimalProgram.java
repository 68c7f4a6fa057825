import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One small thing with each library of the command line: what {@code bin/bench --only start} compares a start with. It
 * reads a YAML file, writes it as JSON and logs a line.
 */
@Command(name = "minimal")
final class MinimalProgram implements Callable<Integer> {
    @Option(names = "--config")
    private Path config;

    private MinimalProgram() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new MinimalProgram()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Object read = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(config));
        System.out.println(new ObjectMapper().writeValueAsString(Map.of("read", read)));
        LoggerFactory.getLogger(MinimalProgram.class).warn("read {}", config);
        return 0;
    }
}
