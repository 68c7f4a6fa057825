package dev.kamalbackup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kamalbackup.testing.TestRepository;
import dev.kamalbackup.testing.Tools;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** An app's checkout with a configuration, and the real program from its one jar run in it. */
public final class AppFolder {
    public final Path folder;
    public final TestRepository repository;
    private final Map<String, String> environment = new TreeMap<>();
    private List<String> first = List.of();

    AppFolder(Path folder, TestRepository repository, Path restic) throws IOException {
        this.folder = folder;
        this.repository = repository;
        Files.createDirectories(folder.resolve("config"));
        // A bare environment, in which whatever the program finds was given to it.
        environment.put("PATH", bin(restic) + ":/usr/local/bin:/usr/bin:/bin");
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("RESTIC_PASSWORD", TestRepository.PASSWORD);
    }

    public AppFolder with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    public AppFolder without(String variable) {
        environment.remove(variable);
        return this;
    }

    public AppFolder configured(String yaml) throws IOException {
        Files.writeString(folder.resolve("config/kamal-backup.yml"), yaml);
        return this;
    }

    /** A program that comes before all others on the PATH. */
    public AppFolder program(String name, String script) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        script(bin.resolve(name), script);
        if (!environment.get("PATH").startsWith(bin + ":")) {
            environment.merge("PATH", bin + ":", (path, first) -> first + path);
        }
        return this;
    }

    public Path state() {
        return folder.resolve("state");
    }

    /** Whatever the program is started by, as with fewer rights. */
    public AppFolder startedBy(String... command) {
        first = List.of(command);
        return this;
    }

    /** Starts the one jar. */
    public Process start(Path out, Path err, String... arguments) throws IOException {
        return start(java(jar(arguments)), Path.of("/dev/null"), out, err);
    }

    /** Runs the one jar to its end. */
    CliLab.Answer run(String... arguments) throws Exception {
        return runJava(jar(arguments));
    }

    /** Runs any Java program to its end. */
    CliLab.Answer runJava(String... arguments) throws Exception {
        return run(java(arguments), Path.of("/dev/null"));
    }

    /** Runs the one jar at a terminal of its own, at which somebody types this. */
    CliLab.Answer runAtTerminal(String typed, String... arguments) throws Exception {
        Path keys = Files.writeString(Files.createTempFile(folder, "keys", ""), typed);
        return run(List.of("script", "-qec", String.join(" ", java(jar(arguments))), "/dev/null"), keys);
    }

    private CliLab.Answer run(List<String> line, Path in) throws Exception {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        int exitCode = start(line, in, out, err).waitFor();
        return new CliLab.Answer(
                exitCode, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }

    private Process start(List<String> line, Path in, Path out, Path err) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Stream.concat(first.stream(), line.stream()).toList())
                .directory(folder.toFile())
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static List<String> java(String... arguments) {
        // A build in the background ignores SIGINT, and so would everything it starts.
        List<String> line = new ArrayList<>(List.of(
                "/usr/bin/env",
                "--default-signal=INT,TERM",
                Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        line.addAll(List.of(arguments));
        return line;
    }

    private static String[] jar(String... arguments) {
        Path jar = Path.of("target", "kamal-backup-cli.jar").toAbsolutePath();
        assertThat(jar).as("the one jar").exists();
        return Stream.concat(Stream.of("-jar", jar.toString()), Stream.of(arguments))
                .toArray(String[]::new);
    }

    /** Runs it, and any failure is one of the test. */
    String ok(String... arguments) throws Exception {
        CliLab.Answer answer = run(arguments);
        assertThat(answer.exitCode()).as("%s", answer).isZero();
        return answer.out();
    }

    /** Runs a script in the folder, in the environment that the program has; what it printed, all in one. */
    String typed(String script) throws Exception {
        CliLab.Answer answer = run(List.of("/bin/bash", "-c", "exec 2>&1\n" + script), Path.of("/dev/null"));
        assertThat(answer.exitCode()).as("%s: %s", script, answer.out()).isZero();
        return answer.out();
    }

    /** Runs a script in the folder and returns what it printed. */
    public String shell(String script) throws Exception {
        Process process = new ProcessBuilder("/bin/bash", "-euc", "export LC_ALL=C.UTF-8\n" + script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s", output).isZero();
        return output;
    }

    /** Starts a script in the folder; whatever it prints is lost. */
    public Process startShell(String script) throws IOException {
        return new ProcessBuilder("/bin/bash", "-euc", script)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private Path bin(Path restic) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("restic-bin"));
        script(bin.resolve("restic"), "exec " + restic + " \"$@\"");
        return bin;
    }

    /** A script rather than a link, which a temporary folder's own removal would complain of. */
    static void script(Path program, String script) throws IOException {
        Files.writeString(program, "#!/bin/bash\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    public static AppFolder create(Path folder, String resticVersion) throws Exception {
        Path restic = Tools.restic(resticVersion);
        Files.createDirectories(folder);
        return new AppFolder(folder, TestRepository.at(folder.resolve("repository"), restic), restic);
    }
}
