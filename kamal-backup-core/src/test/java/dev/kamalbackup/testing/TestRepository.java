package dev.kamalbackup.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kamalbackup.config.ResticSettings;
import dev.kamalbackup.plan.DumpHash;
import dev.kamalbackup.redact.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A real restic repository, looked at with plain restic, as anybody else would. */
public final class TestRepository {
    /** Its password: long enough to be searched for in everything that is printed. */
    public static final String PASSWORD = "canary-repository-7f3a9c";

    private final String address;
    private final Path restic;
    private final Path cache;

    public TestRepository(String address, Path restic, Path cache) {
        this.address = address;
        this.restic = restic;
        this.cache = cache;
    }

    /** A new repository in a folder. */
    public static TestRepository create(Path folder, Path restic) throws IOException {
        TestRepository repository = at(folder, restic);
        repository.make();
        return repository;
    }

    /**
     * Makes it, empty, as {@code restic init} would; but opening it takes a moment, and not the half second that restic
     * makes it cost.
     */
    public void make() throws IOException {
        Path folder = Path.of(address);
        for (String name : List.of("data", "index", "keys", "locks", "snapshots")) {
            Files.createDirectories(folder.resolve(name));
        }
        byte[] key = resource("key");
        Files.write(folder.resolve("keys").resolve(sha256(key)), key);
        Files.write(folder.resolve("config"), resource("config"));
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream bytes =
                Objects.requireNonNull(TestRepository.class.getResourceAsStream("/quick-repository/" + name))) {
            return bytes.readAllBytes();
        }
    }

    private static String sha256(byte[] bytes) {
        DumpHash hash = new DumpHash();
        hash.accept(bytes, bytes.length);
        return hash.hex();
    }

    /** A repository that may not exist yet. */
    public static TestRepository at(Path folder, Path restic) {
        return new TestRepository(folder.toString(), restic, folder.resolveSibling("plain-restic-cache"));
    }

    /** Settings for it with short waits. */
    public ResticSettings settings() {
        return ResticSettings.of(address, new Secret(PASSWORD))
                .withProgram(restic.toString())
                .withWaits(Duration.ofSeconds(2), Duration.ofSeconds(20));
    }

    /** All snapshots, as plain restic lists them. */
    public List<JsonNode> snapshots() throws IOException, InterruptedException {
        List<JsonNode> all = new ArrayList<>();
        new ObjectMapper().readTree(run("snapshots", "--json", "--no-lock")).forEach(all::add);
        return all;
    }

    /** The ids of all locks in it. */
    public List<String> locks() throws IOException, InterruptedException {
        return run("list", "locks", "--no-lock", "-q").lines().toList();
    }

    /** Runs plain restic and returns its standard output; any failure is a failure of the test. */
    public String run(String... arguments) throws IOException, InterruptedException {
        return new String(runForBytes(arguments), StandardCharsets.UTF_8);
    }

    /** The same by the clock of a time zone. */
    public String runIn(String zone, String... arguments) throws IOException, InterruptedException {
        return new String(output(start(Map.of("TZ", zone), arguments), arguments), StandardCharsets.UTF_8);
    }

    /** Starts plain restic; its standard input stays open. */
    public Process start(String... arguments) throws IOException {
        return start(Map.of(), arguments);
    }

    private Process start(Map<String, String> variables, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(restic.toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(variables);
        builder.environment().put("RESTIC_REPOSITORY", address);
        builder.environment().put("RESTIC_PASSWORD", PASSWORD);
        builder.environment().put("RESTIC_CACHE_DIR", cache.toString());
        return builder.start();
    }

    /** Runs plain restic and returns its standard output as bytes. */
    public byte[] runForBytes(String... arguments) throws IOException, InterruptedException {
        return output(start(arguments), arguments);
    }

    private static byte[] output(Process process, String... arguments) throws IOException, InterruptedException {
        byte[] output = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new AssertionError("restic " + String.join(" ", arguments) + " ended with " + process.exitValue());
        }
        return output;
    }
}
