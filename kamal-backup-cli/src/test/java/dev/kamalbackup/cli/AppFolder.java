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

/** An app's checkout with a configuration, and the real program from its one jar run in it. */
final class AppFolder {
    final Path folder;
    final TestRepository repository;
    private final Map<String, String> environment = new TreeMap<>();

    AppFolder(Path folder, TestRepository repository, Path restic) throws IOException {
        this.folder = folder;
        this.repository = repository;
        Files.createDirectories(folder.resolve("config"));
        // A bare environment, in which whatever the program finds was given to it.
        environment.put("PATH", bin(restic) + ":/usr/local/bin:/usr/bin:/bin");
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("RESTIC_PASSWORD", TestRepository.PASSWORD);
    }

    AppFolder with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    AppFolder configured(String yaml) throws IOException {
        Files.writeString(folder.resolve("config/kamal-backup.yml"), yaml);
        return this;
    }

    /** A program that comes before all others on the PATH. */
    AppFolder program(String name, String script) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path program = Files.writeString(bin.resolve(name), "#!/bin/bash\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        if (!environment.get("PATH").startsWith(bin + ":")) {
            environment.merge("PATH", bin + ":", (path, first) -> first + path);
        }
        return this;
    }

    Path state() {
        return folder.resolve("state");
    }

    Process start(Path out, Path err, String... arguments) throws IOException {
        Path jar = Path.of("target", "kamal-backup-cli.jar").toAbsolutePath();
        assertThat(jar).as("the one jar").exists();
        List<String> line = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return builder.start();
    }

    CliLab.Answer run(String... arguments) throws Exception {
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        int exitCode = start(out, err, arguments).waitFor();
        return new CliLab.Answer(
                exitCode, Files.readString(out, StandardCharsets.UTF_8), Files.readString(err, StandardCharsets.UTF_8));
    }

    /** Runs it, and any failure is one of the test. */
    String ok(String... arguments) throws Exception {
        CliLab.Answer answer = run(arguments);
        assertThat(answer.exitCode()).as("%s", answer).isZero();
        return answer.out();
    }

    /** Runs a script in the folder and returns what it printed. */
    String shell(String script) throws Exception {
        Process process = new ProcessBuilder("/bin/bash", "-euc", "export LC_ALL=C.UTF-8\n" + script)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s", output).isZero();
        return output;
    }

    private Path bin(Path restic) throws IOException {
        // Named restic, as it is found on a PATH.
        Path bin = Files.createDirectories(folder.resolve("restic-bin"));
        Files.createSymbolicLink(bin.resolve("restic"), restic);
        return bin;
    }

    static AppFolder create(Path folder, String resticVersion) throws Exception {
        Path restic = Tools.restic(resticVersion);
        Files.createDirectories(folder);
        return new AppFolder(folder, TestRepository.at(folder.resolve("repository"), restic), restic);
    }
}
