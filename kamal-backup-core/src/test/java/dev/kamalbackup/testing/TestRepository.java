package dev.kamalbackup.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kamalbackup.config.ResticSettings;
import dev.kamalbackup.redact.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

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

    /** A new repository in a folder, made by plain restic. */
    public static TestRepository create(Path folder, Path restic) throws IOException, InterruptedException {
        TestRepository repository = at(folder, restic);
        repository.run("init");
        return repository;
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

    /** Runs plain restic and returns its standard output as bytes. */
    public byte[] runForBytes(String... arguments) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(restic.toString()));
        line.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("RESTIC_REPOSITORY", address);
        builder.environment().put("RESTIC_PASSWORD", PASSWORD);
        builder.environment().put("RESTIC_CACHE_DIR", cache.toString());
        Process process = builder.start();
        byte[] output = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new AssertionError("restic " + String.join(" ", arguments) + " ended with " + process.exitValue());
        }
        return output;
    }
}
